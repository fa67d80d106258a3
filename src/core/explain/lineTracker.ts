/** One replacement in a document: lines of the replaced range, where it starts and ends in them, and the new text. */
export interface TextEdit {
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  readonly endCharacter: number;
  readonly text: string;
}

/**
 * Follows lines of a document through edits, so that what was said about them can still be shown where they are now. A
 * line stays itself while its beginning does; one that is deleted, or joined to the line above, is lost.
 */
export class LineTracker {
  /** Where each line is now; undefined when it is lost. */
  readonly #now = new Map<number, number>();

  /**
   * @param lines what the lines are called by whoever asks; half-open.
   * @param offset what to add to get the line of the document; lines that come out before its start are not in it.
   */
  constructor({ start, end }: { readonly start: number; readonly end: number }, offset = 0) {
    for (let line = Math.max(start, -offset); line < end; line++) this.#now.set(line, line + offset);
  }

  /** Where a line is that was given at the start; undefined when it was not, or is lost. */
  lineNow(line: number): number | undefined {
    return this.#now.get(line);
  }

  /** Edits that happened at once, with places in the text before all of them, as editors report them. */
  apply(edits: readonly TextEdit[]): void {
    const lastFirst = [...edits].sort(
      (left, right) => right.startLine - left.startLine || right.startCharacter - left.startCharacter,
    );
    for (const edit of lastFirst) this.#applyOne(edit);
  }

  #applyOne(edit: TextEdit): void {
    const { startLine, endLine, text } = edit;
    const shift = (text.match(/\r\n|\r|\n/g)?.length ?? 0) - (endLine - startLine);
    const isJoined = !beginsLine(edit);
    // The first line of several is gone when its beginning is.
    const firstKept = edit.startCharacter > 0 || endLine === startLine ? startLine : startLine - 1;
    for (const [line, now] of this.#now) {
      if (now > endLine || (now === endLine && !isJoined)) this.#now.set(line, now + shift);
      else if (now > firstKept) this.#now.delete(line);
    }
  }
}

/** True when the text after the range begins a line: the range ends at a line start, and what comes before it ends one. */
function beginsLine({ startCharacter, endCharacter, text }: TextEdit): boolean {
  return endCharacter === 0 && (text === '' ? startCharacter === 0 : /[\r\n]$/.test(text));
}
