import { completionConstants as constants } from '../completionConstants.js';
import type { CursorContext } from '../cursorContext.js';
import { isBlank, isTrivialLine } from '../indentation.js';
import { firstVisibleLine } from '../multiLine.js';

/**
 * Cuts before the line that is (nearly) the next line of the document: the model has begun to write again what is there
 * already. The cursor's own line counts only when nothing was typed in it yet; with something typed, a line much
 * like the next one is often what is wanted.
 */
export function cutAtNearEqualLine(text: string, { window, restIsClosers }: CursorContext): string {
  const next = firstVisibleLine(window.following);
  if (next === undefined || !restIsClosers || isTrivialLine(next, constants.trivialLineCharacters)) return text;
  const lines = text.split('\n');
  const again = lines.findIndex((line, index) => (index > 0 || isBlank(window.currentLine)) && isNearEqual(line, next));
  return again < 0 ? text : lines.slice(0, again).join('\n');
}

/** True when two lines are the same but for less than a tenth of their characters; indentation does not count. */
export function isNearEqual(a: string, b: string): boolean {
  const [left, right] = [a.trim(), b.trim()];
  if (left === right) return true;
  if (isTrivialLine(left, constants.trivialLineCharacters)) return false;
  const longer = Math.max(left.length, right.length);
  const limit = longer * constants.nearEqualShare;
  if (longer > constants.nearEqualCharacters || Math.abs(left.length - right.length) >= limit) return false;
  return levenshtein(left, right) < limit;
}

/** Number of UTF-16 units to insert, delete or replace to get from `a` to `b` (Levenshtein 1966). */
export function levenshtein(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
