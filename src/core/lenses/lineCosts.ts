import { LineIndex } from './lineIndex.js';

/** What the lines of a text cost. */
export interface LineCosts {
  /** Tokens of the whole text. */
  readonly tokenCount: number;
  /** Tokens that begin in each line; a token that ends a line and begins the next counts where it begins. */
  readonly perLine: Uint32Array;
}

/**
 * Counts tokens by the line they begin in.
 *
 * @param starts UTF-16 offsets of the tokens in the text, rising
 */
export function lineCosts(text: string, starts: Uint32Array): LineCosts {
  const lines = new LineIndex(text);
  const perLine = new Uint32Array(lines.lineCount);
  let line = 0;
  let next = lines.startOf(1);
  for (const start of starts) {
    while (start >= next && line + 1 < lines.lineCount) next = lines.startOf(++line + 1);
    perLine[line]!++;
  }
  return { tokenCount: starts.length, perLine };
}

/** Joins the costs of texts that follow each other; each but the last ends with a line end. */
export function joinLineCosts(parts: readonly LineCosts[]): LineCosts {
  const perLine = new Uint32Array(parts.reduce((sum, part) => sum + part.perLine.length - 1, 1));
  let line = 0;
  for (const part of parts) {
    // What follows the last line end of a part is the first line of the next one.
    for (const [index, count] of part.perLine.entries()) perLine[line + index]! += count;
    line += part.perLine.length - 1;
  }
  return { tokenCount: parts.reduce((sum, part) => sum + part.tokenCount, 0), perLine };
}

/** Cuts a text into parts of about a length, each but the last with a line end as its end; a long line is not cut. */
export function cutAtLines(text: string, partLength: number): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  while (text.length - start > partLength) {
    const lineEnd = text.indexOf('\n', start + partLength);
    if (lineEnd < 0) break;
    parts.push(text.slice(start, lineEnd + 1));
    start = lineEnd + 1;
  }
  parts.push(text.slice(start));
  return parts;
}

/** Lines by falling cost, equal ones in the order of the text; at most `count`, and none without a token. */
export function mostExpensiveLines(perLine: Uint32Array, count: number): readonly number[] {
  return [...perLine.keys()]
    .filter((line) => perLine[line]! > 0)
    .sort((a, b) => perLine[b]! - perLine[a]! || a - b)
    .slice(0, count);
}
