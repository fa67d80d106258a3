import type { TokenTable } from './tokenTable.js';

/**
 * All ordinary tokens sorted by their bytes, to answer which tokens begin with given bytes: those stand side by side.
 * Control tokens and tokens without bytes are not in it. Built in O(n log n) once per vocabulary, four bytes a token.
 */
export class TokenPrefixIndex {
  readonly table: TokenTable;
  readonly #sortedIds: Uint32Array;

  constructor(table: TokenTable) {
    this.table = table;
    const ids: number[] = [];
    for (let id = 0; id < table.size; id++) {
      if (!table.isSpecial(id) && table.bytesOf(id).length > 0) ids.push(id);
    }
    this.#sortedIds = Uint32Array.from(ids).sort((a, b) => table.compareByBytes(a, b));
  }

  /** Ids of the tokens whose bytes begin with `prefix` (or equal it), sorted by bytes; a view, not to be written to. */
  idsStartingWith(prefix: Uint8Array): Uint32Array {
    const start = this.#firstWhere((order) => order >= 0, prefix);
    const end = this.#firstWhere((order) => order > 0, prefix);
    return this.#sortedIds.subarray(start, end);
  }

  /** True when some token is longer than `bytes` and begins with them. */
  isExtendable(bytes: Uint8Array): boolean {
    const ids = this.idsStartingWith(bytes);
    // Sorted by bytes, so the longer ones come last.
    const last = ids.at(-1);
    return last !== undefined && this.table.bytesOf(last).length > bytes.length;
  }

  /** Ids of the tokens whose bytes are exactly these, in rising order. */
  idsEqualTo(bytes: Uint8Array): number[] {
    const equal: number[] = [];
    for (const id of this.idsStartingWith(bytes)) {
      if (this.table.bytesOf(id).length > bytes.length) break;
      equal.push(id);
    }
    return equal;
  }

  /** Position of the first token whose order relative to the prefix satisfies the condition. */
  #firstWhere(holds: (order: number) => boolean, prefix: Uint8Array): number {
    let low = 0;
    let high = this.#sortedIds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(orderAgainstPrefix(this.table.bytesOf(this.#sortedIds[middle]!), prefix))) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Negative when the bytes come before all that begin with the prefix, 0 when they begin with it, positive after. */
function orderAgainstPrefix(bytes: Uint8Array, prefix: Uint8Array): number {
  for (let index = 0; index < prefix.length; index++) {
    const byte = bytes[index];
    if (byte === undefined) return -1;
    const difference = byte - prefix[index]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
