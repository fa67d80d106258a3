import type { MemoryMatch } from './tokenMemory.js';

/**
 * What is asked: all other files, those of the same folder, and the file that is written in, for what agrees with the text
 * before the cursor; then other files and this one, for lines that agree with what stands on both sides of the cursor's line.
 */
export const memorySources = ['workspace', 'folder', 'file', 'workspaceLines', 'fileLines'] as const;

/** One of {@link memorySources}. */
export type MemorySource = (typeof memorySources)[number];

/** Tokens that must agree behind a line: its break, which any line has, and what follows. */
export const fewestAhead = 2;

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

/** A token that followed, and how many tokens agreed there. */
export type Agreement = Pick<MemoryMatch, 'token' | 'length'>;

/** The matches that agree on both sides: the line that is written begins as theirs, and behind it goes on alike. */
export function agreeingAround(matches: readonly MemoryMatch[], lineLength: number): readonly Agreement[] {
  return matches
    .filter(({ length, ahead }) => length >= lineLength && ahead >= fewestAhead)
    .map(({ token, length, ahead }) => ({ token, length: length + ahead - 1 }));
}

/** Counts matches by level. The longest level comes first, and of one level the nearest source. */
export function* evidenceOf(
  matches: Readonly<Partial<Record<MemorySource, readonly Agreement[]>>>,
): Generator<LevelEvidence, void> {
  const sorted = (source: MemorySource): Agreement[] =>
    [...(matches[source] ?? [])].sort((a, b) => b.length - a.length);
  const sources = memorySources.toReversed().map((source) => countDown(source, sorted(source)));
  for (let level = agreementLevels.length - 1; level >= 0; level--) {
    for (const next of sources) {
      const evidence = next(level);
      if (evidence.total > 0) yield evidence;
    }
  }
}

/** Counts the matches of each level when asked from the longest to the shortest. The counts hold until it is asked again. */
function countDown(source: MemorySource, matches: readonly Agreement[]): (level: number) => LevelEvidence {
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
