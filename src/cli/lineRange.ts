import { GlassboxError } from '../core/errors.js';
import type { TextRange } from '../core/scores/scoreTotals.js';

/** Lines of a file as the user names them: from 1, both included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Reads `FIRST-LAST` or one line's number; undefined for anything else. */
export function parseLineRange(text: string): LineRange | undefined {
  const { first, last } = /^(?<first>[1-9]\d{0,8})(?:-(?<last>[1-9]\d{0,8}))?$/.exec(text)?.groups ?? {};
  if (first === undefined) return undefined;
  const range = { first: Number(first), last: Number(last ?? first) };
  return range.first <= range.last ? range : undefined;
}

/**
 * Where the lines are in a text, their line ends included; lines after the last one are left out.
 *
 * @throws GlassboxError `bad-request` when the text has not even the first line.
 */
export function rangeOfLines(text: string, { first, last }: LineRange): TextRange {
  const starts = [0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), (match) => match.index + match[0].length)];
  const start = starts[first - 1];
  if (start === undefined) {
    throw new GlassboxError('bad-request', `Line ${first} is past the end of the text.`, {
      action: `Its last line is ${starts.length}.`,
    });
  }
  return { start, end: starts[last] ?? text.length };
}
