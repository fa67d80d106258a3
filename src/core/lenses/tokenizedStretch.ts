import type { TextPosition } from '../completion/documentSnapshot.js';
import { encodeUtf8 } from '../text/utf8.js';
import type { TokenColumns } from '../tokenizer/tokenColumns.js';
import { segmentTokens, type TokenSegments } from '../tokenizer/tokenSegments.js';
import { LineIndex } from './lineIndex.js';

/** A stretch of a document with its tokens: what a lens paints from, and what a hover looks up. */
export class TokenizedStretch {
  readonly text: string;
  readonly tokens: TokenColumns;
  readonly segments: TokenSegments;
  readonly lines: LineIndex;
  /** Where the text begins in the document. */
  readonly start: TextPosition;
  /** UTF-16 offsets in the text between which the tokens are those of the document. */
  readonly valid: { readonly start: number; readonly end: number };

  /**
   * @param start where the text begins in the document
   * @param valid UTF-16 offsets in the text, half-open; the whole text when left out
   */
  constructor(text: string, tokens: TokenColumns, start: TextPosition, valid = { start: 0, end: text.length }) {
    this.text = text;
    this.tokens = tokens;
    this.segments = segmentTokens(text, tokens);
    this.lines = new LineIndex(text);
    this.start = start;
    this.valid = valid;
  }

  /** Place in the document of a UTF-16 offset in the text. */
  positionAt(offset: number): TextPosition {
    const { line, character } = this.lines.positionAt(offset);
    return { line: this.start.line + line, character: character + this.#shiftOf(line) };
  }

  /** UTF-16 offset in the text of a place in the document; undefined outside of the valid part. */
  offsetAt({ line, character }: TextPosition): number | undefined {
    const inText = line - this.start.line;
    if (inText < 0 || inText >= this.lines.lineCount) return undefined;
    const offset = this.lines.startOf(inText) + character - this.#shiftOf(inText);
    const isInLine = offset <= this.lines.startOf(inText + 1);
    return isInLine && offset >= this.valid.start && offset <= this.valid.end ? offset : undefined;
  }

  /** The segment that holds a UTF-16 offset of the text; undefined before the first and after the last. */
  segmentAt(offset: number): number | undefined {
    const index = this.firstEndingAfter(offset);
    return index < this.segments.count && this.segments.starts[index]! <= offset ? index : undefined;
  }

  /** Index of the first segment that ends after a UTF-16 offset; the number of segments when there is none. */
  firstEndingAfter(offset: number): number {
    const { ends, count } = this.segments;
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** UTF-8 length of the first UTF-16 units of the text. */
  byteLengthTo(offset: number): number {
    return encodeUtf8(this.text.slice(0, offset)).length;
  }

  /** Only the first line of the text can begin inside a line of the document. */
  #shiftOf(line: number): number {
    return line === 0 ? this.start.character : 0;
  }
}
