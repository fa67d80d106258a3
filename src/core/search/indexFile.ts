import type { CodeBlock } from './codeBlock.js';
import type { BlockKind } from './definitions.js';
import { ByteReader, ByteWriter, hashBytes } from './indexBytes.js';
import { SearchIndex, type IndexedFile } from './searchIndex.js';

/** `GBSI`, little-endian. */
const magic = 0x49534247;
/** Changes when the layout does, and when files are cut or texts are made in another way. */
const version = 1;
const kinds: readonly BlockKind[] = ['function', 'type', 'value', 'statements'];
const checksumLength = 4;

/** What was read, or why it cannot be used. */
export type ReadIndex =
  | { readonly kind: 'read'; readonly index: SearchIndex }
  | { readonly kind: 'discarded'; readonly reason: 'damaged' | 'other-version' | 'other-model' };

/**
 * Writes an index as one file: magic number, version, hash of the encoder's card, then the files with their blocks and
 * packed vectors; a checksum of all of it at the end.
 *
 * @param model hash of the card of the encoder that made the vectors.
 */
export function encodeIndex(index: SearchIndex, model: string): Uint8Array {
  const writer = new ByteWriter();
  writer.uint32(magic);
  writer.uint32(version);
  writer.text(model);
  writer.uint32(index.fileCount);
  for (const [key, file] of index.files) {
    writer.text(key);
    writeFile(writer, file);
  }
  writer.uint32(hashBytes(writer.bytes));
  return writer.bytes;
}

/** Reads an index. Bytes of any kind give an answer; nothing is thrown. */
export function decodeIndex(bytes: Uint8Array, model: string): ReadIndex {
  try {
    const body = bytes.subarray(0, Math.max(0, bytes.length - checksumLength));
    const reader = new ByteReader(body);
    if (reader.uint32() !== magic) return { kind: 'discarded', reason: 'damaged' };
    if (reader.uint32() !== version) return { kind: 'discarded', reason: 'other-version' };
    if (new ByteReader(bytes.subarray(body.length)).uint32() !== hashBytes(body)) {
      return { kind: 'discarded', reason: 'damaged' };
    }
    if (reader.text() !== model) return { kind: 'discarded', reason: 'other-model' };
    const index = new SearchIndex();
    for (let left = reader.uint32(); left > 0; left--) index.set(reader.text(), readFile(reader));
    return reader.isAtEnd ? { kind: 'read', index } : { kind: 'discarded', reason: 'damaged' };
  } catch {
    return { kind: 'discarded', reason: 'damaged' };
  }
}

function writeFile(writer: ByteWriter, { hash, stamp, blocks, vectors }: IndexedFile): void {
  writer.text(hash);
  writer.float64(stamp?.modifiedMs ?? Number.NaN);
  writer.float64(stamp?.sizeBytes ?? Number.NaN);
  writer.uint32(blocks.length);
  for (const { kind, name, signature, headerLine, start, end } of blocks) {
    writer.uint32(kinds.indexOf(kind));
    writer.text(name);
    writer.text(signature);
    for (const line of [headerLine, start, end]) writer.uint32(line);
  }
  for (const scale of vectors.scales) writer.float32(scale);
  writer.raw(new Uint8Array(vectors.values.buffer, vectors.values.byteOffset, vectors.values.length));
}

function readFile(reader: ByteReader): IndexedFile {
  const hash = reader.text();
  const [modifiedMs, sizeBytes] = [reader.float64(), reader.float64()];
  const stamp = Number.isNaN(modifiedMs) ? undefined : { modifiedMs, sizeBytes };
  const blocks: CodeBlock[] = [];
  for (let left = reader.uint32(); left > 0; left--) blocks.push(readBlock(reader));
  const scales = Float32Array.from(blocks, () => reader.float32());
  const values = reader.raw();
  return { hash, stamp, blocks, vectors: { scales, values: new Int8Array(values.buffer, 0, values.length) } };
}

function readBlock(reader: ByteReader): CodeBlock {
  const kind = kinds[reader.uint32()];
  if (kind === undefined) throw new RangeError('There is no such kind of block.');
  const [name, signature] = [reader.text(), reader.text()];
  const [headerLine, start, end] = [reader.uint32(), reader.uint32(), reader.uint32()];
  return { kind, name, signature, headerLine, start, end };
}
