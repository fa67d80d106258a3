import type { CursorContext } from '../cursorContext.js';
import { indentationColumns, isBlank } from '../indentation.js';
import { blockAtCursor, lastVisibleLine } from '../multiLine.js';

/**
 * Takes back blanks that the text puts before its first word although the cursor already stands where the block's
 * content begins: a model that learned on four columns writes two more into a file indented by two. The lines below
 * move with the first one.
 */
export function withoutExtraIndentation(text: string, context: CursorContext): string {
  const extra = /^[ \t]+(?=\S)/.exec(text)?.[0].length ?? 0;
  if (extra === 0 || !standsAtContent(context)) return text;
  return text
    .split('\n')
    .map((line) => line.slice(Math.min(extra, /^[ \t]*/.exec(line)?.[0].length ?? 0)))
    .join('\n');
}

/** True on an indented blank line that is as deep as its block's content, or as the line above. */
function standsAtContent(context: CursorContext): boolean {
  const { window, tabSize } = context;
  if (window.currentLine === '' || !isBlank(window.currentLine)) return false;
  const block = blockAtCursor(context);
  const above = lastVisibleLine(window.prefix);
  const least = block === undefined ? indentationColumns(above ?? '', tabSize) : block.columns + 1;
  return indentationColumns(window.currentLine, tabSize) >= least;
}
