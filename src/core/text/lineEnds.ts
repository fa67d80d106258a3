/**
 * A text with `\n` as its only line end, and the way back to the original. Models are trained on `\n`; editors and
 * files also hold `\r\n` and, rarely, `\r` alone.
 */
export interface NormalizedLineEnds {
  readonly text: string;
  /** Offset in the original of an offset in `text`; after a line end is after both of its units. */
  toOriginal(offset: number): number;
  /** Offset in `text` of an offset in the original; between `\r` and `\n` counts as after the line end. */
  fromOriginal(offset: number): number;
}

/** Replaces `\r\n` and lone `\r` by `\n`. Offsets are UTF-16 units. */
export function normalizeLineEnds(original: string): NormalizedLineEnds {
  // Offsets in the normalized text just after each line end that lost a unit, in rising order.
  const shortened: number[] = [];
  const text = original.replace(/\r\n?/g, (lineEnd, offset: number) => {
    if (lineEnd.length === 2) shortened.push(offset - shortened.length + 1);
    return '\n';
  });
  return {
    text,
    toOriginal: (offset) => offset + countUpTo(shortened, offset, (after) => after),
    fromOriginal: (offset) => offset - countUpTo(shortened, offset, (after, index) => after + index + 1),
  };
}

/** How many entries lie at or before `offset`, by binary search; `place` says where entry number `index` lies. */
function countUpTo(
  entries: readonly number[],
  offset: number,
  place: (entry: number, index: number) => number,
): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (place(entries[middle]!, middle) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
