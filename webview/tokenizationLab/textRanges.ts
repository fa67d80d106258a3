/** Stretches of a text, half-open, in order and apart from each other; UTF-16 offsets. */
export interface TextRanges {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** Joins stretches that overlap; in any order, half-open. */
export function joinRanges(ranges: readonly { readonly start: number; readonly end: number }[]): TextRanges {
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = ends.length - 1;
    if (last >= 0 && start < ends[last]!) ends[last] = Math.max(ends[last]!, end);
    else {
      starts.push(start);
      ends.push(end);
    }
  }
  return { starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}

/** Index of the first range that ends after an offset; the number of ranges when there is none. */
export function firstRangeAfter({ ends }: Pick<TextRanges, 'ends'>, utf16Offset: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! > utf16Offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** True when a stretch of the text lies in, or overlaps, one of the ranges. */
export function overlaps(ranges: TextRanges, start: number, end: number): boolean {
  const index = firstRangeAfter(ranges, start);
  return index < ranges.starts.length && ranges.starts[index]! < end;
}
