import type { MemoryMatch } from './tokenMemory.js';

/** Texts that are asked: all other files, those of the same folder, and the file that is written in. */
export const memorySources = ['workspace', 'folder', 'file'] as const;

/** One of {@link memorySources}. */
export type MemorySource = (typeof memorySources)[number];

/** Matches of at least so many tokens are counted together: the orders of the n-gram model. */
export const agreementLevels = [2, 3, 4, 5, 6, 8, 11, 16, 24] as const;

/** What one source says at one level: how often each token followed at least so much agreement. */
export interface LevelEvidence {
  readonly source: MemorySource;
  /** Index into {@link agreementLevels}. */
  readonly level: number;
  readonly total: number;
  readonly counts: ReadonlyMap<number, number>;
}

/** Counts matches by level. The longest level comes first, and of one level the nearest source. */
export function* evidenceOf(
  matches: Readonly<Record<MemorySource, readonly MemoryMatch[]>>,
): Generator<LevelEvidence, void> {
  const sorted = (source: MemorySource): MemoryMatch[] => [...matches[source]].sort((a, b) => b.length - a.length);
  const sources = memorySources.toReversed().map((source) => countDown(source, sorted(source)));
  for (let level = agreementLevels.length - 1; level >= 0; level--) {
    for (const next of sources) {
      const evidence = next(level);
      if (evidence.total > 0) yield evidence;
    }
  }
}

/** Counts the matches of each level when asked from the longest to the shortest. The counts hold until it is asked again. */
function countDown(source: MemorySource, matches: readonly MemoryMatch[]): (level: number) => LevelEvidence {
  const counts = new Map<number, number>();
  let total = 0;
  return (level) => {
    for (; total < matches.length && matches[total]!.length >= agreementLevels[level]!; total++) {
      const { token } = matches[total]!;
      counts.set(token, (counts.get(token) ?? 0) + 1);
    }
    return { source, level, total, counts };
  };
}
