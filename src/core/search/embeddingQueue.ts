import type { Clock } from '../clock.js';
import type { CutBlock } from './codeBlock.js';
import { packVectors } from './packedVectors.js';
import type { FileStamp, IndexedFile } from './searchIndex.js';

/** Gives texts vectors of length 1: [texts, dimensions], row-major. */
export type EmbedTexts = (
  texts: readonly string[],
  signal: AbortSignal,
) => Promise<{ readonly vectors: Float32Array; readonly dimensions: number }>;

/** A file whose blocks wait for their vectors. */
export interface CutFile {
  readonly key: string;
  readonly hash: string;
  readonly stamp: FileStamp | undefined;
  readonly blocks: readonly CutBlock[];
}

interface WaitingFile {
  readonly file: CutFile;
  readonly rows: Float32Array[];
}

/**
 * Texts of one request: a few runs of the encoder, so that a question and whatever else analyses something waits no longer
 * than that. Own choice.
 */
const textsPerRequest = 16;

/** Gathers the blocks of files into requests of like size, and hands out a file when all its blocks have their vector. */
export class EmbeddingQueue {
  readonly #embed: EmbedTexts;
  readonly #onFile: (key: string, file: IndexedFile) => void;
  readonly #clock: Clock;
  #files: WaitingFile[] = [];
  #texts: string[] = [];
  #waitedMs = 0;

  constructor(embed: EmbedTexts, onFile: (key: string, file: IndexedFile) => void, clock: Clock) {
    this.#embed = embed;
    this.#onFile = onFile;
    this.#clock = clock;
  }

  /** Time spent waiting for vectors. */
  get waitedMs(): number {
    return this.#waitedMs;
  }

  /** Takes a file; waits while there are texts enough for a request. @throws what embedding throws. */
  async add(file: CutFile, signal: AbortSignal): Promise<void> {
    this.#files.push({ file, rows: [] });
    this.#texts.push(...file.blocks.map(({ text }) => text));
    this.#handOut();
    while (this.#texts.length >= textsPerRequest) await this.#send(signal);
  }

  /** Embeds what is left. @throws what embedding throws. */
  async finish(signal: AbortSignal): Promise<void> {
    while (this.#texts.length > 0) await this.#send(signal);
  }

  async #send(signal: AbortSignal): Promise<void> {
    const texts = this.#texts.slice(0, textsPerRequest);
    const startMs = this.#clock.now();
    const { vectors, dimensions } = await this.#embed(texts, signal);
    this.#waitedMs += this.#clock.now() - startMs;
    this.#texts = this.#texts.slice(texts.length);
    for (let row = 0; row < texts.length; row++) {
      const waiting = this.#files.find(({ file, rows }) => rows.length < file.blocks.length)!;
      waiting.rows.push(vectors.subarray(row * dimensions, (row + 1) * dimensions));
    }
    this.#handOut();
  }

  #handOut(): void {
    while (this.#files.length > 0 && this.#files[0]!.rows.length === this.#files[0]!.file.blocks.length) {
      const { file, rows } = this.#files.shift()!;
      this.#onFile(file.key, toIndexedFile(file, rows));
    }
  }
}

function toIndexedFile({ hash, stamp, blocks }: CutFile, rows: readonly Float32Array[]): IndexedFile {
  const dimensions = rows[0]?.length ?? 0;
  const vectors = new Float32Array(rows.length * dimensions);
  for (const [row, vector] of rows.entries()) vectors.set(vector, row * dimensions);
  const withoutText = blocks.map(({ kind, name, signature, headerLine, start, end }) => {
    return { kind, name, signature, headerLine, start, end };
  });
  return { hash, stamp, blocks: withoutText, vectors: packVectors(vectors, dimensions) };
}
