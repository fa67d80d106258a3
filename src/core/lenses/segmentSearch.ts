import type { TokenSegments } from '../tokenizer/tokenSegments.js';

/** Index of the first segment that ends after a UTF-16 offset; the number of segments when there is none. */
export function firstSegmentEndingAfter({ ends, count }: TokenSegments, offset: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The segment that holds a UTF-16 offset; undefined before the first and after the last. */
export function segmentAt(segments: TokenSegments, offset: number): number | undefined {
  const index = firstSegmentEndingAfter(segments, offset);
  return index < segments.count && segments.starts[index]! <= offset ? index : undefined;
}
