import { completionConstants as constants } from '../completion/completionConstants.js';
import type { DocumentSnapshot } from '../completion/documentSnapshot.js';
import { headOf, tailFrom, toPromptLine } from './windowText.js';

/**
 * The part of a document around the cursor that anything may look at, as well-formed text with `\n` line ends. Its size
 * is bounded by constants, whatever the size of the document or of its lines.
 */
export interface CursorWindow {
  /** Whole lines above the cursor's line, each with its `\n`. */
  readonly prefix: string;
  /** Line of the document at which `prefix` starts; a multiple of a power of two unless it is 0. */
  readonly prefixStartLine: number;
  /** The cursor's line left of the cursor; only its end when it is very long. */
  readonly currentLine: string;
  /** Leading blanks of the cursor's line (left of the cursor), also when `currentLine` was cut. */
  readonly indentation: string;
  /** The cursor's line right of the cursor; only its start when it is very long. */
  readonly restOfLine: string;
  /** The lines below, each preceded by `\n`; empty when there is none. */
  readonly following: string;
}

/**
 * Reads the window around a cursor that stands in `line` between `left` and `right`. The two need not be what the
 * document holds there: with an IntelliSense item selected, `left` already ends with the item.
 */
export function readWindow(document: DocumentSnapshot, line: number, left: string, right: string): CursorWindow {
  const { prefix, prefixStartLine } = readPrefix(document, line);
  return {
    prefix,
    prefixStartLine,
    currentLine: toPromptLine(tailFrom(left, currentLineStart(left.length))),
    indentation: /^[ \t]*/.exec(headOf(left, constants.contextLineCharacters))?.[0] ?? '',
    restOfLine: toPromptLine(headOf(right, constants.suffixCharacters)),
    following: followingLines(document, line),
  };
}

/**
 * As many whole lines as the budget holds, then the start rounded up to a multiple of a power of two. Without the
 * rounding each new line would move the start, and with it every cached key and value behind it.
 */
function readPrefix(document: DocumentSnapshot, line: number): Pick<CursorWindow, 'prefix' | 'prefixStartLine'> {
  const upwards: string[] = [];
  let length = 0;
  while (upwards.length < line) {
    const text = contextLine(document, line - 1 - upwards.length);
    length += text.length + 1;
    if (length > constants.prefixCharacters) break;
    upwards.push(`${text}\n`);
  }
  const start = line - upwards.length;
  let step: number = start === 0 ? 1 : constants.windowLineStep;
  while (step > 1 && step * constants.windowStepsAtLeast > upwards.length) step /= 2;
  const prefixStartLine = Math.ceil(start / step) * step;
  return {
    prefix: upwards
      .slice(0, line - prefixStartLine)
      .reverse()
      .join(''),
    prefixStartLine,
  };
}

function followingLines(document: DocumentSnapshot, line: number): string {
  let following = '';
  for (let index = line + 1; index < document.lineCount; index++) {
    const text = contextLine(document, index);
    if (following.length + text.length + 1 > constants.suffixCharacters) break;
    following += `\n${text}`;
  }
  return following;
}

function contextLine(document: DocumentSnapshot, line: number): string {
  return toPromptLine(headOf(document.lineAt(line), constants.contextLineCharacters));
}

function currentLineStart(length: number): number {
  const excess = length - constants.currentLineCharacters;
  return excess <= 0 ? 0 : Math.ceil(excess / constants.currentLineStep) * constants.currentLineStep;
}
