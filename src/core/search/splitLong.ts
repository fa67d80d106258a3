import type { LineStretch } from './blockText.js';
import type { CodeLine } from './codeLines.js';

/** UTF-16 units of code in a part: what an encoder reads at once, with room for the header in front. Own choice. */
const partLength = 900;
/** A block is not cut for the sake of a rest shorter than this. Own choice. */
const shortestRest = 300;
/** Parts of one block; what follows is left out: a table, most of the time. Own choice. */
const mostParts = 12;

/**
 * Cuts a long stretch of code into parts that an encoder reads whole, each ending where the code is indented least. A short
 * stretch is one part.
 */
export function splitLong(lines: readonly CodeLine[], start: number, end: number): readonly LineStretch[] {
  const lengths = lines.slice(start, end).map(({ code }) => code.length);
  const parts: LineStretch[] = [];
  let from = start;
  let rest = lengths.reduce((sum, length) => sum + length, 0);
  while (from < end && parts.length < mostParts) {
    if (rest <= partLength + shortestRest) {
      parts.push({ start: from, end });
      break;
    }
    const to = bestCut(lines, from, lengths.slice(from - start));
    parts.push({ start: from, end: to });
    for (let line = from; line < to; line++) rest -= lengths[line - start]!;
    from = to;
  }
  return parts;
}

/** The line in the second half of what fits before which the indentation is smallest; the last of several. */
function bestCut(lines: readonly CodeLine[], from: number, lengths: readonly number[]): number {
  let length = 0;
  let best = from + 1;
  let smallest = Number.POSITIVE_INFINITY;
  for (const [index, own] of lengths.entries()) {
    const line = lines[from + index]!;
    const isAfterBlank = index > 0 && lines[from + index - 1]!.role === 'blank';
    if (index > 0 && length > partLength / 2 && line.role !== 'blank') {
      const weight = line.indent - (isAfterBlank ? 1 : 0) + (/^[}\])]/.test(line.code) ? 100 : 0);
      if (weight <= smallest) {
        smallest = weight;
        best = from + index;
      }
    }
    length += own;
    if (length > partLength && index > 0) return smallest === Number.POSITIVE_INFINITY ? from + index : best;
  }
  return from + lengths.length;
}
