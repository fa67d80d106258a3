import type { Clock } from '../clock.js';
import { throwIfAborted } from '../errors.js';
import { cutBlocks } from './codeBlocks.js';
import { EmbeddingQueue, type EmbedTexts } from './embeddingQueue.js';
import type { FileStamp, IndexedFile, SearchIndex } from './searchIndex.js';

/** A file that belongs into the index. */
export interface SourceFile {
  /** Names it in the index. */
  readonly key: string;
  /** Undefined when it has to be read to know whether it changed. */
  readonly stamp: FileStamp | undefined;
  /** Its text; undefined when it cannot be read or is no text. */
  readonly read: () => Promise<string | undefined>;
}

/** What indexing needs from outside. */
export interface IndexingPorts {
  readonly embed: EmbedTexts;
  /** A hash of a text that no other text has. */
  readonly hash: (text: string) => string;
  readonly clock: Clock;
}

/** How far it has come. */
export interface IndexingProgress {
  readonly doneFileCount: number;
  readonly fileCount: number;
}

/** What was done. */
export interface IndexingReport {
  readonly fileCount: number;
  /** Files that were read, because they may have changed. */
  readonly readFileCount: number;
  /** Files that could not be read, or are no text. */
  readonly unreadableFileCount: number;
  /** Files whose blocks were embedded, because nothing with this text was known. */
  readonly embeddedFileCount: number;
  readonly embeddedBlockCount: number;
  /** Time spent on reading, on cutting, and waiting for the encoder. */
  readonly timings: { readonly readMs: number; readonly cutMs: number; readonly embedMs: number };
}

/**
 * Brings an index up to date: files that changed are read, texts that are new are cut and embedded, files that are not
 * listed are forgotten at the end. The index can be searched meanwhile; what is done stays when it is cancelled.
 *
 * @throws GlassboxError `cancelled`, or why texts cannot be embedded.
 */
export async function indexFiles(
  files: readonly SourceFile[],
  index: SearchIndex,
  { embed, hash, clock }: IndexingPorts,
  onProgress: (progress: IndexingProgress) => void,
  signal: AbortSignal,
): Promise<IndexingReport> {
  let doneFileCount = 0;
  const counts = { readFileCount: 0, unreadableFileCount: 0, embeddedFileCount: 0, embeddedBlockCount: 0 };
  const timings = { readMs: 0, cutMs: 0, embedMs: 0 };
  const done = (key: string, file: IndexedFile): void => {
    index.set(key, file);
    onProgress({ doneFileCount: ++doneFileCount, fileCount: files.length });
  };
  const queue = new EmbeddingQueue(embed, done, clock);
  for (const { key, stamp, read } of files) {
    throwIfAborted(signal);
    const known = index.get(key);
    if (known !== undefined && stamp !== undefined && sameStamp(known.stamp, stamp)) {
      done(key, known);
      continue;
    }
    const startMs = clock.now();
    const text = await read();
    timings.readMs += clock.now() - startMs;
    counts.readFileCount++;
    if (text === undefined) counts.unreadableFileCount++;
    const textHash = hash(text ?? '');
    const same = known?.hash === textHash ? known : index.withHash(textHash);
    if (same !== undefined) {
      done(key, { ...same, stamp });
      continue;
    }
    const cutMs = clock.now();
    const blocks = cutBlocks(text ?? '');
    timings.cutMs += clock.now() - cutMs;
    if (blocks.length > 0) counts.embeddedFileCount++;
    counts.embeddedBlockCount += blocks.length;
    await queue.add({ key, hash: textHash, stamp, blocks }, signal);
  }
  await queue.finish(signal);
  // Last, so that a file that was moved is known by its text.
  index.retain(new Set(files.map(({ key }) => key)));
  return { fileCount: files.length, ...counts, timings: { ...timings, embedMs: queue.waitedMs } };
}

function sameStamp(known: FileStamp | undefined, now: FileStamp): boolean {
  return known?.modifiedMs === now.modifiedMs && known.sizeBytes === now.sizeBytes;
}
