import { GrowingArray } from './growingArray.js';

const none = -1;

/**
 * Where sequences of a fixed number of tokens end in a growing list, newest first: chains of places with the same hash, as
 * LZ77 compressors keep them (RFC 1951, section 4). Different sequences may share a chain, so that its places must be
 * compared.
 */
export class SequenceChain {
  /** Tokens of a sequence. */
  readonly length: number;
  readonly #newest: Int32Array;
  readonly #slotBits: number;
  /** By place: the next older place of the chain. */
  readonly #older = new GrowingArray();

  /** @param slotBits logarithm of the number of chains. */
  constructor(length: number, slotBits: number) {
    this.length = length;
    this.#slotBits = slotBits;
    this.#newest = new Int32Array(1 << slotBits).fill(none);
  }

  /** Takes note of the place behind the list's last token. `tokenAt` gives token by index; places come in rising order. */
  add(place: number, tokenAt: (index: number) => number): void {
    if (place < this.length) {
      this.#older.push(none);
      return;
    }
    const slot = this.#slot(place, tokenAt);
    this.#older.push(this.#newest[slot]!);
    this.#newest[slot] = place;
  }

  /** The newest place behind a sequence that hashes like the last tokens of `tokenAt` before `end`; -1 without one. */
  newest(end: number, tokenAt: (index: number) => number): number {
    return end < this.length ? none : this.#newest[this.#slot(end, tokenAt)]!;
  }

  /** The next older place; -1 at the end. */
  older(place: number): number {
    return this.#older.at(place);
  }

  #slot(end: number, tokenAt: (index: number) => number): number {
    let hash = 0x811c9dc5;
    for (let index = end - this.length; index < end; index++) {
      hash = Math.imul(hash ^ tokenAt(index), 0x01000193);
      hash ^= hash >>> 15;
    }
    return hash >>> (32 - this.#slotBits);
  }
}
