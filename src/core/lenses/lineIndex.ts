import type { TextPosition } from '../completion/documentSnapshot.js';

/**
 * Where the lines of a text start. Made once for a text; a place is then found in logarithmic time, so that thousands of
 * tokens can be put into lines without reading the text again. Lines end with `\n` or `\r\n`.
 */
export class LineIndex {
  readonly #text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) this.#starts.push(end + 1);
  }

  /** At least 1: a text without a line end is one line, and so is the empty text. */
  get lineCount(): number {
    return this.#starts.length;
  }

  /** UTF-16 offset of the first unit of a line; the text's length for lines after the last. */
  startOf(line: number): number {
    return this.#starts[line] ?? this.#text.length;
  }

  /** UTF-16 offset after the last unit of a line, its line end left out. */
  endOf(line: number): number {
    const next = this.#starts[line + 1];
    if (next === undefined) return this.#text.length;
    return next >= 2 && this.#text[next - 2] === '\r' && next - 2 >= this.startOf(line) ? next - 2 : next - 1;
  }

  /** The line that holds a UTF-16 offset; a line end belongs to the line it ends. Offsets outside are clamped. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Line and character of a UTF-16 offset. */
  positionAt(offset: number): TextPosition {
    const line = this.lineAt(offset);
    return { line, character: Math.max(0, offset - this.startOf(line)) };
  }
}
