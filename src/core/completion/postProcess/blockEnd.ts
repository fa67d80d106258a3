import type { CursorContext } from '../cursorContext.js';
import { indentationColumns, isBlank } from '../indentation.js';
import { blockAtCursor } from '../multiLine.js';
import { scanBrackets } from './brackets.js';

const closersAtStart = /^\s*[)\]}]+[;,]?/;

/**
 * Cuts a text of several lines at the end of the block it is written into: before the first line that is indented less
 * than the block's content. Inside brackets that the text itself opened, indentation says nothing. Where the block was
 * opened by a bracket, the line that closes it still belongs to it, up to that closer.
 */
export function cutAtBlockEnd(text: string, context: CursorContext): string {
  const block = blockAtCursor(context);
  const least =
    block === undefined ? indentationColumns(context.window.indentation, context.tabSize) : block.columns + 1;
  const lines = text.split('\n');
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const above = lines.slice(0, index).join('\n');
    if (isBlank(line) || indentationColumns(line, context.tabSize) >= least) continue;
    if (scanBrackets(above).unclosed.length > 0) continue;
    const closers = block?.byBracket === true ? (closersAtStart.exec(line)?.[0] ?? '') : '';
    return closers === '' ? above : `${above}\n${closers}`;
  }
  return text;
}
