import type { LineCosts } from '../tokenizer/lineCosts.js';

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

/** Joins what the lines of consecutive parts cost; what follows the last line end of a part is where the next one begins. */
export function joinLineCosts(parts: readonly { readonly length: number; readonly costs: LineCosts }[]): LineCosts {
  const lineCount = parts.reduce((sum, { costs }) => sum + costs.lineStarts.length - 1, 1);
  const lineStarts = new Uint32Array(lineCount);
  const tokenCounts = new Uint32Array(lineCount);
  let firstLine = 0;
  let offset = 0;
  for (const { length, costs } of parts) {
    for (const [line, start] of costs.lineStarts.entries()) {
      lineStarts[firstLine + line] = offset + start;
      tokenCounts[firstLine + line]! += costs.tokenCounts[line]!;
    }
    firstLine += costs.lineStarts.length - 1;
    offset += length;
  }
  return { lineStarts, tokenCounts };
}
