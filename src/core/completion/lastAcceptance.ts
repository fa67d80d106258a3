import type { CompletionCandidate } from './completionOutcome.js';
import type { CursorContext } from './cursorContext.js';
import type { TextPosition } from './documentSnapshot.js';

/** Knows whether the user has just accepted a suggestion and not yet gone elsewhere. */
export class LastAcceptance {
  #accepted: { readonly uri: string; readonly end: TextPosition } | undefined;

  /** Notes that `candidate` was inserted whole. */
  note(uri: string, { range, text }: CompletionCandidate): void {
    const lines = text.split(/\r\n|\n/);
    const lastLength = lines.at(-1)?.length ?? 0;
    const character = lines.length === 1 ? range.start.character + lastLength : lastLength;
    this.#accepted = { uri, end: { line: range.start.line + lines.length - 1, character } };
  }

  /** True at the end of the accepted text and on the empty line after it; a request anywhere else forgets it. */
  isJustBefore({ uri, position, window }: CursorContext): boolean {
    const end = this.#accepted?.uri === uri ? this.#accepted.end : undefined;
    const atEnd = end?.line === position.line && end.character === position.character;
    const onNextLine = end !== undefined && end.line + 1 === position.line && window.currentLine.trim() === '';
    if (!atEnd && !onNextLine) this.#accepted = undefined;
    return atEnd || onNextLine;
  }
}
