import type { TextPosition } from '../completion/documentSnapshot.js';
import type { TokenColumns } from '../tokenizer/tokenColumns.js';
import { segmentTokens, type TokenSegments } from '../tokenizer/tokenSegments.js';
import { PlacedText } from './placedText.js';
import { firstSegmentEndingAfter, segmentAt } from './segmentSearch.js';

/** A stretch of a document with its tokens: what a lens paints from, and what a hover looks up. */
export class TokenizedStretch extends PlacedText {
  readonly tokens: TokenColumns;
  readonly segments: TokenSegments;

  /**
   * @param start where the text begins in the document
   * @param valid UTF-16 offsets in the text between which the tokens are those of the document; all when left out
   */
  constructor(text: string, tokens: TokenColumns, start: TextPosition, valid?: PlacedText['valid']) {
    super(text, start, valid);
    this.tokens = tokens;
    this.segments = segmentTokens(text, tokens);
  }

  /** The segment that holds a UTF-16 offset of the text; undefined before the first and after the last. */
  segmentAt(offset: number): number | undefined {
    return segmentAt(this.segments, offset);
  }

  /** Index of the first segment that ends after a UTF-16 offset; the number of segments when there is none. */
  firstEndingAfter(offset: number): number {
    return firstSegmentEndingAfter(this.segments, offset);
  }
}
