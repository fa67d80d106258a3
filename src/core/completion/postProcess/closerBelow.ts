import type { CursorContext } from '../cursorContext.js';
import { coveredLength } from './coverClosers.js';

/**
 * With `{|}` and a body of several lines that does not write the `}` itself, the editor's `}` would stick to the last
 * line: a line break before it puts it where it belongs.
 */
export function withCloserBelow(text: string, { window }: CursorContext): string {
  const { currentLine, restOfLine, indentation } = window;
  const closes = restOfLine.trimStart().startsWith('}') && currentLine.trimEnd().endsWith('{');
  const isNeeded = closes && text.includes('\n') && coveredLength(text, currentLine, restOfLine) === 0;
  return isNeeded ? `${text}\n${indentation}` : text;
}
