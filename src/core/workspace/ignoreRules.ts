import picomatch from 'picomatch';

/** A `.gitignore` file. */
export interface IgnoreFile {
  /** Folder in which it stands, relative to the root, with forward slashes; empty for the root itself. */
  readonly folder: string;
  readonly text: string;
}

interface Rule {
  readonly folder: string;
  readonly matches: (path: string) => boolean;
  readonly onlyFolders: boolean;
  readonly isExcluded: boolean;
}

/**
 * What the `.gitignore` files of a folder leave out, as git documents it: the last rule that matches decides, the files of
 * deeper folders come later, and nothing below a folder that is left out is taken in again.
 */
export class IgnoreRules {
  readonly #rules: readonly Rule[];
  readonly #folders = new Map<string, boolean>([['', false]]);

  constructor(files: readonly IgnoreFile[]) {
    this.#rules = files
      .toSorted((one, other) => depth(one.folder) - depth(other.folder))
      .flatMap(({ folder, text }) => text.split(/\r?\n/).flatMap((line) => parseRule(line, folder)));
  }

  /** True when the file at this path, relative to the root, is left out. */
  ignoresFile(path: string): boolean {
    return this.ignoresFolder(parentOf(path)) || this.#decide(path, false);
  }

  /** The same for a folder; the root is empty. */
  ignoresFolder(path: string): boolean {
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const isIgnored = this.ignoresFolder(parentOf(path)) || this.#decide(path, true);
    this.#folders.set(path, isIgnored);
    return isIgnored;
  }

  #decide(path: string, isFolder: boolean): boolean {
    let isIgnored = false;
    for (const { folder, matches, onlyFolders, isExcluded } of this.#rules) {
      if ((onlyFolders && !isFolder) || isIgnored === isExcluded) continue;
      const below = folder === '' ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
      if (below !== undefined && matches(below)) isIgnored = isExcluded;
    }
    return isIgnored;
  }
}

function parseRule(line: string, folder: string): readonly Rule[] {
  const trimmed = line.replace(/(?<!\\)\s+$/, '');
  if (trimmed === '' || trimmed.startsWith('#')) return [];
  const isExcluded = !trimmed.startsWith('!');
  const pattern = (isExcluded ? trimmed : trimmed.slice(1)).replace(/^\\(?=[#!])/, '');
  const onlyFolders = pattern.endsWith('/');
  const path = pattern.replace(/\/$/, '');
  const isAnchored = path.includes('/');
  const glob = isAnchored ? path.replace(/^\//, '') : `**/${path}`;
  if (glob === '' || glob === '**/') return [];
  const matches = picomatch(glob, { dot: true, windows: false, nobrace: true, noextglob: true });
  return [{ folder, matches, onlyFolders, isExcluded }];
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function depth(folder: string): number {
  return folder === '' ? 0 : folder.split('/').length;
}
