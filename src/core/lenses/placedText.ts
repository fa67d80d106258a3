import type { TextPosition } from '../completion/documentSnapshot.js';
import { LineIndex } from './lineIndex.js';

/**
 * A stretch of a document that was read for a lens, and where it stands. Places in the document are lines and characters,
 * places in the stretch UTF-16 offsets; the line ends of the two need not be the same.
 */
export class PlacedText {
  readonly text: string;
  readonly lines: LineIndex;
  /** Where the text begins in the document. */
  readonly start: TextPosition;
  /** UTF-16 offsets in the text between which what is known holds for the document. */
  readonly valid: { readonly start: number; readonly end: number };

  /**
   * @param start where the text begins in the document
   * @param valid UTF-16 offsets in the text, half-open; the whole text when left out
   */
  constructor(text: string, start: TextPosition, valid = { start: 0, end: text.length }) {
    this.text = text;
    this.lines = new LineIndex(text);
    this.start = start;
    this.valid = valid;
  }

  /** Place in the document of a UTF-16 offset in the text. */
  positionAt(offset: number): TextPosition {
    const { line, character } = this.lines.positionAt(offset);
    return { line: this.start.line + line, character: character + this.shiftOf(line) };
  }

  /** UTF-16 offset in the text of a place in the document; undefined outside of the valid part. */
  offsetAt({ line, character }: TextPosition): number | undefined {
    const inText = line - this.start.line;
    if (inText < 0 || inText >= this.lines.lineCount) return undefined;
    const offset = this.lines.startOf(inText) + character - this.shiftOf(inText);
    const isInLine = offset <= this.lines.startOf(inText + 1);
    return isInLine && offset >= this.valid.start && offset <= this.valid.end ? offset : undefined;
  }

  /** What to add to a character of a line of the text for that of the document: only the first line can begin inside one. */
  shiftOf(line: number): number {
    return line === 0 ? this.start.character : 0;
  }
}
