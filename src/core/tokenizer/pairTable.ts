import type { PairLookup } from './pairMerger.js';

const smallestCapacity = 1024;
const absent = -1;

/**
 * What pairs of token ids merge to, in flat arrays: several times as fast as a map keyed by strings, which decides how
 * fast new words are merged.
 */
export class PairTable implements PairLookup {
  #capacity: number;
  #size = 0;
  #lefts: Int32Array;
  #rights: Int32Array;
  #ranks: Int32Array;
  #merged: Int32Array;

  /** @param expectedSize how many pairs will be set; more is possible */
  constructor(expectedSize = 0) {
    this.#capacity = smallestCapacity;
    while (this.#capacity < expectedSize * 2) this.#capacity *= 2;
    this.#lefts = new Int32Array(this.#capacity).fill(absent);
    this.#rights = new Int32Array(this.#capacity);
    this.#ranks = new Int32Array(this.#capacity);
    this.#merged = new Int32Array(this.#capacity);
  }

  /** How many pairs are known. */
  get size(): number {
    return this.#size;
  }

  /** True when the pair was set. */
  has(left: number, right: number): boolean {
    return this.#lefts[this.#slotOf(left, right)] !== absent;
  }

  /** Says that a pair merges to a token; rank -1 remembers that it does not merge. */
  set(left: number, right: number, rank: number, merged: number): void {
    if (this.#size * 2 >= this.#capacity) this.#grow();
    const slot = this.#slotOf(left, right);
    if (this.#lefts[slot] === absent) this.#size++;
    this.#lefts[slot] = left;
    this.#rights[slot] = right;
    this.#ranks[slot] = rank;
    this.#merged[slot] = merged;
  }

  rankOf(left: number, right: number): number {
    const slot = this.#slotOf(left, right);
    return this.#lefts[slot] === absent ? -1 : this.#ranks[slot]!;
  }

  mergedOf(left: number, right: number): number {
    return this.#merged[this.#slotOf(left, right)]!;
  }

  /** Where the pair is, or where it would be put. */
  #slotOf(left: number, right: number): number {
    const mask = this.#capacity - 1;
    const hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (this.#lefts[slot] !== absent && (this.#lefts[slot] !== left || this.#rights[slot] !== right)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const larger = new PairTable(this.#capacity);
    for (let slot = 0; slot < this.#capacity; slot++) {
      const left = this.#lefts[slot]!;
      if (left !== absent) larger.set(left, this.#rights[slot]!, this.#ranks[slot]!, this.#merged[slot]!);
    }
    this.#capacity = larger.#capacity;
    this.#lefts = larger.#lefts;
    this.#rights = larger.#rights;
    this.#ranks = larger.#ranks;
    this.#merged = larger.#merged;
  }
}
