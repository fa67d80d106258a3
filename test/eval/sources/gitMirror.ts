import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { GlassboxError } from '../../../src/core/errors.js';

/** Largest answer of git that is read: all source files of one repository. */
const maxBytes = 2 ** 30;

/** Reads files of commits from a folder of git directories: `OWNER+NAME.git`, or `OWNER+NAME/repo`. */
export class GitMirror {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Paths of the ordinary files of a commit, in git's order.
   * @throws GlassboxError `file-unreadable` when the repository or the commit is not there.
   */
  paths(repository: string, commit: string): readonly string[] {
    const entries = this.#git(repository, commit, ['ls-tree', '-r', '-z', commit], '').toString('utf8').split('\0');
    return entries.filter((entry) => /^100(?:644|755) blob/.test(entry)).map((entry) => entry.split('\t')[1]!);
  }

  /**
   * Contents of files of a commit, in the order asked for; undefined for one that is not there.
   * @throws GlassboxError `file-unreadable` when the repository or the commit is not there.
   */
  read(repository: string, commit: string, paths: readonly string[]): readonly (Uint8Array | undefined)[] {
    if (paths.length === 0) return [];
    const asked = paths.map((file) => `${commit}:${file}\n`).join('');
    const answer = this.#git(repository, commit, ['cat-file', '--batch'], asked);
    let at = 0;
    return paths.map(() => {
      const lineEnd = answer.indexOf('\n', at);
      const header = answer.toString('utf8', at, lineEnd);
      at = lineEnd + 1;
      const size = /^[0-9a-f]+ blob (\d+)$/.exec(header)?.[1];
      if (size === undefined) return undefined;
      const contents = answer.subarray(at, at + Number(size));
      at += Number(size) + 1;
      return contents;
    });
  }

  #git(repository: string, commit: string, args: readonly string[], input: string): Buffer {
    const directory = this.#directory(repository);
    const { status, stdout } = spawnSync('git', [`--git-dir=${directory}`, ...args], { input, maxBuffer: maxBytes });
    const hasCommit =
      status === 0 && spawnSync('git', [`--git-dir=${directory}`, 'cat-file', '-e', `${commit}^{commit}`]).status === 0;
    if (hasCommit) return stdout;
    throw new GlassboxError('file-unreadable', `${directory} has no commit ${commit}.`, {
      action: `git --git-dir=${directory} fetch origin ${commit}`,
    });
  }

  #directory(repository: string): string {
    const name = path.join(this.#folder, repository.replace('/', '+'));
    const found = [`${name}.git`, path.join(name, 'repo')].find((directory) => existsSync(directory));
    if (found !== undefined) return found;
    throw new GlassboxError('file-unreadable', `There is no git directory of ${repository} in ${this.#folder}.`, {
      action: `git clone --bare https://github.com/${repository}.git ${name}.git`,
    });
  }
}
