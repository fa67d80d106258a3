import { languageFamily } from '../workspace/languageFamily.js';

/** What decides how near a file is. */
export interface PlacedFile {
  /** Workspace-relative path with forward slashes. */
  readonly path: string;
  /** It is open in the editor. */
  readonly isOpen: boolean;
}

/**
 * Files by what they are likely to have to do with the one that is written in: what is open first, then what is in a language
 * of the same family, then what takes the fewest steps from folder to folder. Of two files with the same path, which folders
 * of one workspace may have, the first stays.
 *
 * @param active path of the file that is written in; empty when it has none.
 */
export function nearestFirst<File extends PlacedFile>(files: readonly File[], active: string): readonly File[] {
  const family = languageFamily(active);
  const folders = foldersOf(active);
  const placed = [...new Map(files.toReversed().map((file) => [file.path, file])).values()].map((file) => ({
    file,
    rank: [file.isOpen ? 0 : 1, languageFamily(file.path) === family ? 0 : 1, steps(folders, foldersOf(file.path))],
  }));
  return placed
    .sort((one, other) => {
      const differing = one.rank.findIndex((value, index) => value !== other.rank[index]);
      if (differing >= 0) return one.rank[differing]! - other.rank[differing]!;
      return one.file.path < other.file.path ? -1 : 1;
    })
    .map(({ file }) => file);
}

function foldersOf(path: string): readonly string[] {
  return path.split('/').slice(0, -1);
}

function steps(from: readonly string[], to: readonly string[]): number {
  let common = 0;
  while (common < from.length && from[common] === to[common]) common++;
  return from.length + to.length - 2 * common;
}
