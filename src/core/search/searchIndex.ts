import type { CodeBlock } from './codeBlock.js';
import type { PackedVectors } from './packedVectors.js';

/** What tells that a file has not been written since, without reading it. */
export interface FileStamp {
  readonly modifiedMs: number;
  readonly sizeBytes: number;
}

/** What is known of one file. */
export interface IndexedFile {
  /** Hash of the text that the blocks were cut from. */
  readonly hash: string;
  /** Undefined for a text that was taken from an editor. */
  readonly stamp: FileStamp | undefined;
  readonly blocks: readonly CodeBlock[];
  /** One for each block. */
  readonly vectors: PackedVectors;
}

/** The blocks of many files with their vectors, all of one encoder. */
export class SearchIndex {
  readonly #files = new Map<string, IndexedFile>();
  /** Keys of the files with a given hash: a file that was moved or copied need not be embedded again. */
  readonly #keys = new Map<string, Set<string>>();
  #blockCount = 0;

  get fileCount(): number {
    return this.#files.size;
  }

  get blockCount(): number {
    return this.#blockCount;
  }

  /** All files by their key, in the order in which they came. */
  get files(): ReadonlyMap<string, IndexedFile> {
    return this.#files;
  }

  /** What is known of a file; undefined when it was not read. */
  get(key: string): IndexedFile | undefined {
    return this.#files.get(key);
  }

  /** A file with this text, under whatever key. */
  withHash(hash: string): IndexedFile | undefined {
    const [key] = this.#keys.get(hash) ?? [];
    return key === undefined ? undefined : this.#files.get(key);
  }

  set(key: string, file: IndexedFile): void {
    this.#forget(key);
    this.#files.set(key, file);
    this.#keys.set(file.hash, (this.#keys.get(file.hash) ?? new Set()).add(key));
    this.#blockCount += file.blocks.length;
  }

  /** Forgets all files but these. */
  retain(keys: ReadonlySet<string>): void {
    for (const key of this.#files.keys()) if (!keys.has(key)) this.#forget(key);
  }

  #forget(key: string): void {
    const file = this.#files.get(key);
    if (file === undefined) return;
    this.#files.delete(key);
    const alike = this.#keys.get(file.hash);
    if (alike?.delete(key) === true && alike.size === 0) this.#keys.delete(file.hash);
    this.#blockCount -= file.blocks.length;
  }
}
