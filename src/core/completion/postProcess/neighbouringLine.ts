import { completionConstants as constants } from '../completionConstants.js';
import type { CursorContext } from '../cursorContext.js';
import { isTrivialLine } from '../indentation.js';
import { firstVisibleLine, lastVisibleLine } from '../multiLine.js';

/** True when the cursor's line, completed by a text of one line, would say the same as the line above or below. */
export function equalsNeighbouringLine(text: string, { window }: CursorContext): boolean {
  if (text.includes('\n')) return false;
  const line = (window.currentLine + text).trim();
  if (isTrivialLine(line, constants.trivialLineCharacters)) return false;
  return [lastVisibleLine(window.prefix), firstVisibleLine(window.following)].some((other) => other?.trim() === line);
}
