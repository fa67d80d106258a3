import type { TokenPlaces } from './tokenColumns.js';

/** How many tokens each line of a text has. Lines end with `\n`, `\r\n` or `\r`, which belongs to the line it ends. */
export interface LineCosts {
  /** UTF-16 offset of each line's start. */
  readonly lineStarts: Uint32Array;
  /** Tokens that start on the line; their sum is the number of tokens. */
  readonly tokenCounts: Uint32Array;
}

/** A line and what it costs. */
export interface LineCost {
  /** Counts from 0. */
  readonly line: number;
  readonly tokenCount: number;
  /** UTF-16 units without the line's end. */
  readonly utf16Length: number;
}

/** Counts the tokens of every line. A token over several lines counts for the one where it starts. */
export function countLineTokens(text: string, { starts }: Pick<TokenPlaces, 'starts'>): LineCosts {
  const lineStarts = findLineStarts(text);
  const tokenCounts = new Uint32Array(lineStarts.length);
  let line = 0;
  for (const start of starts) {
    while (line + 1 < lineStarts.length && lineStarts[line + 1]! <= start) line++;
    tokenCounts[line]!++;
  }
  return { lineStarts, tokenCounts };
}

/** The lines with the most tokens, the costliest first and of equal ones the upper; lines without tokens are left out. */
export function mostExpensiveLines(text: string, { lineStarts, tokenCounts }: LineCosts, count: number): LineCost[] {
  const lines = Array.from(tokenCounts.keys()).filter((line) => tokenCounts[line]! > 0);
  lines.sort((a, b) => tokenCounts[b]! - tokenCounts[a]! || a - b);
  return lines.slice(0, count).map((line) => {
    const whole = text.slice(lineStarts[line], lineStarts[line + 1] ?? text.length);
    return { line, tokenCount: tokenCounts[line]!, utf16Length: whole.replace(/[\r\n]+$/, '').length };
  });
}

function findLineStarts(text: string): Uint32Array {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
  return Uint32Array.from(starts);
}
