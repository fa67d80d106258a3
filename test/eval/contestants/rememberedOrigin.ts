import type { EngineClient } from '../../../src/protocol/engineContract.js';
import type { RememberedFile } from '../../../src/protocol/memoryContract.js';
import type { ReadOrigin } from './neighbourFiles.js';

/** Files that are sent at once. */
const filesAtOnce = 64;

/**
 * Lets a model remember all source files of one origin at a time, as the editor does with those of the workspace. The file
 * that is written in is left out by its path.
 */
export class RememberedOrigin {
  readonly #engine: EngineClient;
  readonly #folder: string;
  readonly #read: ReadOrigin;
  #origin: string | undefined;
  #paths: readonly string[] = [];

  constructor(engine: EngineClient, folder: string, read: ReadOrigin) {
    this.#engine = engine;
    this.#folder = folder;
    this.#read = read;
  }

  /** Remembers the files of this origin, and no others. */
  async remember(origin: string, signal: AbortSignal): Promise<void> {
    if (this.#origin === origin) return;
    const forgotten = this.#paths.map((path): RememberedFile => ({ path, text: null }));
    const files = [...this.#read(origin)].map(([path, text]): RememberedFile => ({ path, text }));
    for (const sent of [...batches(forgotten), ...batches(files)]) {
      await this.#engine.call('memory/remember', { folder: this.#folder, files: sent }, { signal });
    }
    this.#origin = origin;
    this.#paths = files.map(({ path }) => path);
  }
}

function batches(files: readonly RememberedFile[]): readonly (readonly RememberedFile[])[] {
  const count = Math.ceil(files.length / filesAtOnce);
  return Array.from({ length: count }, (_, index) => files.slice(index * filesAtOnce, (index + 1) * filesAtOnce));
}
