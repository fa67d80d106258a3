import type { MemoryMatch } from './tokenMemory.js';

/**
 * What is asked: all other files, those of the same folder, and the file that is written in, for what agrees with the text
 * before the cursor. Then other files and this one, for lines that begin as the cursor's line and are followed alike: by how
 * much agrees on both sides, and by how much agrees behind the line.
 */
export const memorySources = [
  'workspace',
  'folder',
  'file',
  'workspaceLines',
  'fileLines',
  'workspaceLinesAhead',
  'fileLinesAhead',
] as const;

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

/** Sources that go by the text before the cursor. */
export type TextSource = 'workspace' | 'folder' | 'file';

/** What sources say. */
export type Agreements<Source extends MemorySource> = Readonly<Record<Source, readonly Agreement[]>>;

/**
 * What the lines say that begin as the cursor's line and are followed alike.
 *
 * @param lineLength tokens of the line before the cursor.
 */
export function lineAgreements(
  { file, workspace }: Readonly<Record<'file' | 'workspace', readonly MemoryMatch[]>>,
  lineLength: number,
): Agreements<Exclude<MemorySource, TextSource>> {
  const alike = (matches: readonly MemoryMatch[]): readonly MemoryMatch[] =>
    matches.filter(({ length, ahead }) => length >= lineLength && ahead >= fewestAhead);
  const [inFile, inWorkspace] = [alike(file), alike(workspace)];
  return {
    workspaceLines: inWorkspace.map(onBothSides),
    fileLines: inFile.map(onBothSides),
    workspaceLinesAhead: inWorkspace.map(behind),
    fileLinesAhead: inFile.map(behind),
  };
}

/** The line break agrees in any case. */
function onBothSides({ token, length, ahead }: MemoryMatch): Agreement {
  return { token, length: length + ahead - 1 };
}

function behind({ token, ahead }: MemoryMatch): Agreement {
  return { token, length: ahead };
}

/** Counts matches by level. The longest level comes first, and of one level the nearest source. */
export function* evidenceOf(matches: Partial<Agreements<MemorySource>>): Generator<LevelEvidence, void> {
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
