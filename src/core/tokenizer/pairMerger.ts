/** Finds what two neighbouring symbols merge to: its id and the merge's rank; undefined when they do not merge. */
export interface PairLookup {
  /** Rank of the merge of two symbols, which are ids of tokens; -1 when they do not merge. */
  rankOf(left: number, right: number): number;
  /** Id of what a merge makes. */
  mergedOf(left: number, right: number): number;
}

const none = -1;

const fewSymbols = 40;

/** Ranks of neighbours while a few symbols are merged. */
const ranks = new Int32Array(fewSymbols);

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
  const isShort = symbols.length <= fewSymbols && onMerge === undefined;
  return isShort ? mergeFew(symbols, lookup) : mergeMany(symbols, lookup, onMerge);
}

function mergeMany(
  symbols: Int32Array,
  lookup: PairLookup,
  onMerge: ((rank: number, left: number, right: number) => void) | undefined,
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

/** The same for a few symbols, for which a look at all of them is faster than keeping order. */
function mergeFew(symbols: Int32Array, lookup: PairLookup): number {
  let count = symbols.length;
  for (let index = 0; index + 1 < count; index++) ranks[index] = lookup.rankOf(symbols[index]!, symbols[index + 1]!);
  for (;;) {
    let best = none;
    for (let index = 0; index + 1 < count; index++) {
      if (ranks[index]! >= 0 && (best === none || ranks[index]! < ranks[best]!)) best = index;
    }
    if (best === none) return count;
    symbols[best] = lookup.mergedOf(symbols[best]!, symbols[best + 1]!);
    count--;
    symbols.copyWithin(best + 1, best + 2, count + 1);
    ranks.copyWithin(best, best + 1, count);
    if (best > 0) ranks[best - 1] = lookup.rankOf(symbols[best - 1]!, symbols[best]!);
    if (best + 1 < count) ranks[best] = lookup.rankOf(symbols[best]!, symbols[best + 1]!);
  }
}

/** More than a word has symbols, so that rank and place make one number that a double holds exactly. */
const placeRange = 2 ** 27;

/** A binary heap of pairs: the lowest rank on top, of equal ranks the leftmost. */
class PairHeap {
  /** Rank and place of each pair in one number. */
  readonly #keys: number[] = [];

  get size(): number {
    return this.#keys.length;
  }

  /** Rank of the pair that {@link pop} gives next. */
  get topRank(): number {
    return Math.floor(this.#keys[0]! / placeRange);
  }

  push(rank: number, place: number): void {
    const keys = this.#keys;
    const key = rank * placeRange + place;
    let index = keys.push(key) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (keys[parent]! <= key) break;
      keys[index] = keys[parent]!;
      index = parent;
    }
    keys[index] = key;
  }

  /** Takes the top away; returns its place. */
  pop(): number {
    const keys = this.#keys;
    const place = keys[0]! % placeRange;
    const key = keys.pop()!;
    const size = keys.length;
    if (size === 0) return place;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= size) break;
      if (child + 1 < size && keys[child + 1]! < keys[child]!) child++;
      if (key <= keys[child]!) break;
      keys[index] = keys[child]!;
      index = child;
    }
    keys[index] = key;
    return place;
  }
}
