import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GlassboxError } from '../../../src/core/errors.js';
import { originOf, type ListedFile } from '../tasks/taskList.js';
import type { GitMirror } from './gitMirror.js';
import { installedPackage } from './installedPackage.js';
import { decodeText, isCodePath } from './textFilters.js';

/** Reads the source files of repositories and packages that a task list names, each origin once. */
export class OriginTexts {
  readonly #root: string;
  readonly #mirror: GitMirror;
  readonly #files: ReadonlyMap<string, ListedFile>;
  readonly #texts = new Map<string, ReadonlyMap<string, string>>();

  /** @param root the repository of this program, with its installed packages. */
  constructor(root: string, mirror: GitMirror, files: readonly ListedFile[]) {
    this.#root = root;
    this.#mirror = mirror;
    this.#files = new Map(files.map((file) => [originOf(file), file]));
  }

  /**
   * Every source file of an origin by its path; none of an origin that no list names.
   * @throws GlassboxError `file-unreadable`, with what to do.
   */
  of(origin: string): ReadonlyMap<string, string> {
    let texts = this.#texts.get(origin);
    if (texts === undefined) {
      const file = this.#files.get(origin);
      texts = file === undefined ? new Map<string, string>() : this.#read(file);
      this.#texts.set(origin, texts);
    }
    return texts;
  }

  /** @throws GlassboxError `file-unreadable`, with what to do. */
  read(file: ListedFile): string {
    const text = this.of(originOf(file)).get(file.path);
    if (text !== undefined) return text;
    throw new GlassboxError('file-unreadable', `${originOf(file)} has no source file ${file.path}.`, {
      action: 'Make the task list again: npm run eval -- --make-tasks.',
    });
  }

  #read(file: ListedFile): ReadonlyMap<string, string> {
    if (file.from === 'git') {
      const { repository, commit } = file;
      const paths = this.#mirror.paths(repository, commit).filter(isCodePath);
      return textsOf(paths, this.#mirror.read(repository, commit, paths));
    }
    const { folder } = installedPackage(this.#root, file.name, file.version);
    const inner = path.posix.dirname(file.path);
    const names = readdirSync(path.join(folder, inner)).filter(isCodePath).sort();
    const paths = names.map((name) => `${inner}/${name}`);
    return textsOf(
      paths,
      paths.map((name) => readFileSync(path.join(folder, name))),
    );
  }
}

function textsOf(paths: readonly string[], contents: readonly (Uint8Array | undefined)[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [index, bytes] of contents.entries()) {
    const text = bytes === undefined ? undefined : decodeText(bytes);
    if (text !== undefined) texts.set(paths[index]!, text);
  }
  return texts;
}
