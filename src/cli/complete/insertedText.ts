import type { CompletionCandidate } from '../../core/completion/completionOutcome.js';
import type { TextPosition } from '../../core/completion/documentSnapshot.js';

/** A candidate as an edit at the cursor. */
export interface Insertion {
  /** What to put at the cursor. */
  readonly text: string;
  /** UTF-16 units right of the cursor that `text` replaces; 0 unless closing brackets had to be reordered. */
  readonly replacedLength: number;
}

/**
 * A candidate replaces a range of the cursor's line. What the range holds left of the cursor is the beginning of the
 * candidate; what it holds right of the cursor (brackets the candidate closes itself) is usually its end. Both are cut
 * off, so that text before the cursor + insertion + text after the cursor is the completed document.
 *
 * @param line The cursor's line, whole.
 */
export function insertionOf(candidate: CompletionCandidate, position: TextPosition, line: string): Insertion {
  const { start, end } = candidate.range;
  const text = candidate.text.slice(position.character - start.character);
  const covered = line.slice(position.character, end.character);
  if (text.endsWith(covered)) return { text: text.slice(0, text.length - covered.length), replacedLength: 0 };
  return { text, replacedLength: covered.length };
}
