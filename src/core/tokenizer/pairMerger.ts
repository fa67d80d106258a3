/** Finds what two neighbouring symbols merge to: its id and the merge's rank; undefined when they do not merge. */
export interface PairLookup {
  /** Rank of the merge of two symbols, which are ids of tokens; -1 when they do not merge. */
  rankOf(left: number, right: number): number;
  /** Id of what a merge makes. */
  mergedOf(left: number, right: number): number;
}

const none = -1;

/**
 * Merges the symbols of a word as byte pair encoding does: of all neighbours that can be merged the pair of the lowest
 * rank, the leftmost of equal ones, until none can. Time grows with n log n, so that a word of a megabyte is no danger.
 *
 * @param symbols ids; overwritten
 * @param onMerge is told of each merge before it is made: its rank and the indices of both symbols in the word
 * @returns how many symbols are left; they are the first ones of `symbols`
 */
export function mergePairs(
  symbols: Int32Array,
  lookup: PairLookup,
  onMerge?: (rank: number, left: number, right: number) => void,
): number {
  const count = symbols.length;
  const next = new Int32Array(count);
  const previous = new Int32Array(count);
  const heap = new PairHeap();
  for (let index = 0; index < count; index++) {
    next[index] = index + 1 < count ? index + 1 : none;
    previous[index] = index - 1;
  }
  const offer = (left: number): void => {
    const right = next[left]!;
    if (right === none) return;
    const rank = lookup.rankOf(symbols[left]!, symbols[right]!);
    if (rank >= 0) heap.push(rank, left);
  };
  for (let index = 0; index + 1 < count; index++) offer(index);
  while (heap.size > 0) {
    const rank = heap.topRank;
    const left = heap.pop();
    const right = symbols[left] === none ? none : next[left]!;
    // What was offered may have been merged with something else meanwhile.
    if (right === none || lookup.rankOf(symbols[left]!, symbols[right]!) !== rank) continue;
    onMerge?.(rank, left, right);
    symbols[left] = lookup.mergedOf(symbols[left]!, symbols[right]!);
    symbols[right] = none;
    const after = next[right]!;
    next[left] = after;
    if (after !== none) previous[after] = left;
    offer(left);
    if (previous[left] !== none) offer(previous[left]!);
  }
  return keepMerged(symbols);
}

/** Moves the symbols that are left to the front. */
function keepMerged(symbols: Int32Array): number {
  let kept = 0;
  for (const symbol of symbols) {
    if (symbol !== none) symbols[kept++] = symbol;
  }
  return kept;
}

/** A binary heap of pairs: the lowest rank on top, of equal ranks the leftmost. */
class PairHeap {
  readonly #ranks: number[] = [];
  readonly #places: number[] = [];

  get size(): number {
    return this.#ranks.length;
  }

  /** Rank of the pair that {@link pop} gives next. */
  get topRank(): number {
    return this.#ranks[0]!;
  }

  push(rank: number, place: number): void {
    const [ranks, places] = [this.#ranks, this.#places];
    let index = ranks.push(rank) - 1;
    places.push(place);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#precedes(rank, place, parent)) break;
      ranks[index] = ranks[parent]!;
      places[index] = places[parent]!;
      index = parent;
    }
    ranks[index] = rank;
    places[index] = place;
  }

  /** Takes the top away; returns its place. */
  pop(): number {
    const [ranks, places] = [this.#ranks, this.#places];
    const top = places[0]!;
    const rank = ranks.pop()!;
    const place = places.pop()!;
    const size = ranks.length;
    if (size === 0) return top;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= size) break;
      if (child + 1 < size && this.#precedes(ranks[child + 1]!, places[child + 1]!, child)) child++;
      if (this.#precedes(rank, place, child)) break;
      ranks[index] = ranks[child]!;
      places[index] = places[child]!;
      index = child;
    }
    ranks[index] = rank;
    places[index] = place;
    return top;
  }

  /** True when a pair comes before the one at an index of the heap. */
  #precedes(rank: number, place: number, index: number): boolean {
    const other = this.#ranks[index]!;
    return rank < other || (rank === other && place < this.#places[index]!);
  }
}
