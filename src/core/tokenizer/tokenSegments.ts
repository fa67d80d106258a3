import { GraphemeBoundaries } from '../text/graphemes.js';
import { Utf8Walk } from '../text/utf8Walk.js';
import type { TokenPlaces } from './tokenColumns.js';

/**
 * Stretches of a text that can be painted, pointed at and selected: each is one or several whole tokens, none splits a
 * grapheme, and none is empty. They tile the text from the first token's start to the last one's end.
 */
export interface TokenSegments {
  readonly count: number;
  /** UTF-16 offsets of each segment, half-open. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Index of the first token of each segment; one more entry for the number of tokens. */
  readonly firstTokens: Uint32Array;
}

/**
 * Joins tokens to the smallest runs that complete graphemes: a Hangul syllable or an emoji that is spread over several
 * tokens is one segment, and so are a letter and its accents. A token without text of its own (a blank that
 * the tokenizer put in front) belongs to the segment after it, at the end of the text to the last one.
 */
export function segmentTokens(text: string, { starts, ends, byteEnds }: TokenPlaces): TokenSegments {
  const count = ends.length;
  const boundaries = new GraphemeBoundaries(text);
  const bytes = new Utf8Walk(text);
  const segmentStarts = new Uint32Array(count);
  const segmentEnds = new Uint32Array(count);
  const firstTokens = new Uint32Array(count + 1);
  let segment = 0;
  let first = 0;
  let start = starts[0] ?? 0;
  for (let token = 0; token < count; token++) {
    const end = ends[token]!;
    if (end === start) continue;
    const isWhole = bytes.byteAt(end) === byteEnds[token] && boundaries.isBoundary(end);
    if (!isWhole && token < count - 1) continue;
    segmentStarts[segment] = start;
    segmentEnds[segment] = end;
    firstTokens[segment] = first;
    segment++;
    start = end;
    first = token + 1;
  }
  firstTokens[segment] = count;
  return {
    count: segment,
    starts: segmentStarts.slice(0, segment),
    ends: segmentEnds.slice(0, segment),
    firstTokens: firstTokens.slice(0, segment + 1),
  };
}
