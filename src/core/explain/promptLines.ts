import { countLineBreaks } from '../text/lineEnds.js';
import type { PromptLayout, PromptLayoutPart } from './promptLayout.js';

/**
 * Lines of the document that a part of a prompt is of, numbered as in the request, half-open; undefined for parts that
 * stand on no line.
 *
 * @param cursorLine line of the cursor in the request.
 */
export function partLines(
  { kind, text }: PromptLayoutPart,
  { prefixStartLine }: Pick<PromptLayout, 'prefixStartLine'>,
  cursorLine: number,
): { readonly start: number; readonly end: number } | undefined {
  if (kind === 'current-line') return { start: cursorLine, end: cursorLine + 1 };
  if (text === '') return undefined;
  if (kind === 'prefix') {
    return { start: prefixStartLine, end: Math.min(cursorLine, prefixStartLine + lineCount(text)) };
  }
  if (kind === 'near-prefix') return { start: cursorLine - lineCount(text), end: cursorLine };
  if (kind !== 'suffix') return undefined;
  // The first line is the rest of the cursor's; it has nothing where only closers stand there.
  const first = text.startsWith('\n') ? cursorLine + 1 : cursorLine;
  return { start: first, end: cursorLine + countLineBreaks(text) + 1 };
}

/** Lines of a text, of which the last may have no line break. */
function lineCount(text: string): number {
  return countLineBreaks(text) + (text.endsWith('\n') ? 0 : 1);
}
