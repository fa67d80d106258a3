import type { Memento } from 'vscode';

const key = 'tokenizationLab.files';

/** How many files are remembered; the ones chosen longest ago are forgotten. */
const maxFiles = 50;

/** The files that the user chose as tokenizers. A page may use these and no others, whatever its kept state says. */
export class TokenizerFiles {
  readonly #memento: Memento;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** Absolute paths, the last chosen one first. */
  get paths(): readonly string[] {
    return this.#memento.get<readonly string[]>(key, []);
  }

  /** Remembers a file. */
  async add(path: string): Promise<void> {
    await this.#memento.update(key, [path, ...this.paths.filter((known) => known !== path)].slice(0, maxFiles));
  }
}
