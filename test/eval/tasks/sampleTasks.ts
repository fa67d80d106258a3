import type { Random } from '../../../src/core/sampling/random.js';

/** A cut of a text in UTF-16 units: cursor at `start`, answer up to `end`. */
export interface Cut {
  readonly start: number;
  readonly end: number;
}

const longestLine = 200;
const blockLines = { least: 2, most: 10 };
const longestBlock = 600;
const blockOpener = /[{([:]$/;

/** A whole line that is not blank, from behind its indentation; undefined when the line drawn does not fit. */
export function sampleLine(text: string, random: Random): Cut | undefined {
  const line = drawLine(text, random);
  const start = line === undefined ? -1 : text.slice(line.start, line.end).search(/\S/u);
  return line === undefined || start < 0 ? undefined : { start: line.start + start, end: line.end };
}

/**
 * Two cuts of one line, both to its end: at the start of a word, and inside that word. The word is the one around a
 * character drawn from all those of the line that have a word character before them. Undefined when there is none.
 */
export function sampleWord(text: string, random: Random): { readonly boundary: Cut; readonly inside: Cut } | undefined {
  const line = drawLine(text, random);
  if (line === undefined) return undefined;
  const places = [...text.slice(line.start, line.end).matchAll(/[\p{L}\p{N}_]{2,}/gu)].flatMap((word) =>
    // Code points, not units: no cursor can stand inside a surrogate pair.
    offsetsInside(word[0]).map((offset) => ({
      word: line.start + word.index,
      inside: line.start + word.index + offset,
    })),
  );
  const place = pick(places, random);
  if (place === undefined) return undefined;
  return { boundary: { start: place.word, end: line.end }, inside: { start: place.inside, end: line.end } };
}

/** The body of a block of a few lines, from behind its first line's indentation; undefined when none begins there. */
export function sampleBlock(text: string, random: Random): Cut | undefined {
  const lines = text.split('\n');
  const opener = Math.floor(random() * lines.length);
  if (!blockOpener.test(lines[opener]!.trimEnd())) return undefined;
  const columns = indentation(lines[opener]!);
  let last = opener;
  for (let index = opener + 1; index < lines.length; index++) {
    if (lines[index]!.trim() === '') continue;
    if (indentation(lines[index]!) <= columns) break;
    last = index;
  }
  const count = last - opener;
  if (count < blockLines.least || count > blockLines.most || lines[opener + 1]!.trim() === '') return undefined;
  const start = lineOffset(lines, opener + 1) + indentation(lines[opener + 1]!);
  const end = lineOffset(lines, last) + lines[last]!.length;
  return end - start > longestBlock ? undefined : { start, end };
}

/** The end of a line of the finished file, or a blank line: whatever is written there is too much. */
export function sampleNothing(text: string, random: Random): Cut | undefined {
  const line = drawLine(text, random);
  return line === undefined ? undefined : { start: line.end, end: line.end };
}

/** The text's beginning: at most `length` units, ending with a line. */
export function headCut(text: string, length: number): Cut {
  if (text.length <= length) return { start: 0, end: text.length };
  return { start: 0, end: text.lastIndexOf('\n', length - 1) + 1 };
}

/** One of the values; undefined of none. */
export function pick<T>(values: readonly T[], random: Random): T | undefined {
  return values[Math.floor(random() * values.length)];
}

function drawLine(text: string, random: Random): Cut | undefined {
  const lines = text.split('\n');
  const index = Math.floor(random() * lines.length);
  const start = lineOffset(lines, index);
  const length = lines[index]!.length;
  return length > longestLine ? undefined : { start, end: start + length };
}

function lineOffset(lines: readonly string[], index: number): number {
  return lines.slice(0, index).reduce((sum, line) => sum + line.length + 1, 0);
}

function offsetsInside(word: string): number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const character of word) {
    if (offset > 0) offsets.push(offset);
    offset += character.length;
  }
  return offsets;
}

function indentation(line: string): number {
  return line.length - line.trimStart().length;
}
