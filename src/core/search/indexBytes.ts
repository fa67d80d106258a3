import { decodeUtf8, encodeUtf8 } from '../text/utf8.js';

/** FNV-1a (Fowler, Noll, Vo) of bytes, 32 bits. */
export function hashBytes(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** Appends numbers, little-endian, and texts to bytes that grow. */
export class ByteWriter {
  #bytes = new Uint8Array(1 << 16);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** What was written. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  uint32(value: number): void {
    const start = this.#reserve(4);
    this.#view.setUint32(start, value, true);
  }

  float32(value: number): void {
    const start = this.#reserve(4);
    this.#view.setFloat32(start, value, true);
  }

  float64(value: number): void {
    const start = this.#reserve(8);
    this.#view.setFloat64(start, value, true);
  }

  /** The number of bytes, and the bytes. */
  raw(bytes: Uint8Array): void {
    this.uint32(bytes.length);
    const start = this.#reserve(bytes.length);
    this.#bytes.set(bytes, start);
  }

  /** As {@link raw}, in UTF-8. */
  text(text: string): void {
    this.raw(encodeUtf8(text));
  }

  /** Makes room; what was taken from the fields before may be what they were. */
  #reserve(count: number): number {
    const start = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length));
      grown.set(this.#bytes.subarray(0, start));
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return start;
  }
}

/** Reads what {@link ByteWriter} wrote. Every method throws a RangeError where the bytes end too early. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  float32(): number {
    return this.#view.getFloat32(this.#advance(4), true);
  }

  float64(): number {
    return this.#view.getFloat64(this.#advance(8), true);
  }

  /** A copy of bytes with their number in front. */
  raw(): Uint8Array {
    const length = this.uint32();
    const start = this.#advance(length);
    // `slice` of a Buffer would be no copy.
    return new Uint8Array(this.#bytes.subarray(start, start + length));
  }

  text(): string {
    return decodeUtf8(this.raw());
  }

  #advance(count: number): number {
    const start = this.#at;
    if (start + count > this.#bytes.length) throw new RangeError('The bytes end too early.');
    this.#at += count;
    return start;
  }
}
