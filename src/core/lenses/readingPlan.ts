import type { TextPosition } from '../completion/documentSnapshot.js';
import type { LineRange } from './lensMark.js';

/** What is asked of a document to plan what to read of it. */
export interface LineLengths {
  readonly lineCount: number;
  /** UTF-16 units of one line, without its line end. */
  lengthOf(line: number): number;
}

/** A stretch of a document that is read at once, half-open. */
export interface Stretch {
  /** The text that is given to the tokenizer: somewhat more than what is painted. */
  readonly readFrom: TextPosition;
  readonly readTo: TextPosition;
  /** What can be painted: here the tokens are those of the whole document. */
  readonly paintFrom: TextPosition;
  readonly paintTo: TextPosition;
}

/** Bounds of what is read and painted at once; own choices. */
export const readingLimits = {
  /** Lines painted above and below what is seen, so that scrolling finds them painted. */
  marginLines: 20,
  /**
   * UTF-16 units of a line beyond which it is read by itself, around the cursor. The editor stops drawing a line after
   * 10,000 anyway, and no editor says which part of a line is seen.
   */
  lineCharacters: 4000,
  /** Lines read beyond those to be painted, so that scrolling does not ask for every line. */
  aheadLines: 60,
  /** Lines before the painted ones that are read too: tokens depend on what is before them, but not from afar. */
  leadLines: 12,
  /** Lines after them: a token may begin with a line end and go on in the next line. */
  tailLines: 4,
  /** The same inside a long line, on either side, in UTF-16 units. */
  leadCharacters: 256,
  /** Folded lines that are read over rather than around. */
  foldedLines: 100,
} as const;

/** The lines to paint: those that are seen, and a margin above the first and below the last. */
export function linesToPaint(seen: readonly LineRange[], lineCount: number): readonly LineRange[] {
  const last = seen.length - 1;
  return seen.map(({ start, end }, index) => ({
    start: index === 0 ? Math.max(0, start - readingLimits.marginLines) : start,
    end: Math.min(lineCount, index === last ? end + readingLimits.marginLines : end),
  }));
}

/**
 * What to read so that lines can be painted: runs of ordinary lines, and long lines by themselves.
 *
 * @param lines in order, half-open, without overlap
 * @param cursor in a long line the part around it is read, in the others the beginning
 */
export function planReading(
  document: LineLengths,
  lines: readonly LineRange[],
  cursor: TextPosition | undefined,
): readonly Stretch[] {
  const isLong = (line: number): boolean => document.lengthOf(line) > readingLimits.lineCharacters;
  const stretches: Stretch[] = [];
  for (const { start, end } of bridged(lines)) {
    let from = start;
    for (let line = start; line < end; line++) {
      if (!isLong(line)) continue;
      if (from < line) stretches.push(run(document, from, line, isLong));
      stretches.push(partOfLine(document.lengthOf(line), line, cursor));
      from = line + 1;
    }
    if (from < end) stretches.push(run(document, from, end, isLong));
  }
  return stretches;
}

/** Joins ranges with little between them. */
function bridged(lines: readonly LineRange[]): readonly LineRange[] {
  const joined: LineRange[] = [];
  for (const range of lines) {
    const before = joined.at(-1);
    if (before !== undefined && range.start - before.end <= readingLimits.foldedLines) {
      joined[joined.length - 1] = { start: before.start, end: Math.max(before.end, range.end) };
    } else joined.push(range);
  }
  return joined;
}

function run(document: LineLengths, start: number, end: number, isLong: (line: number) => boolean): Stretch {
  const { leadLines, tailLines } = readingLimits;
  let first = start;
  while (first > 0 && start - first < leadLines && !isLong(first - 1)) first--;
  let last = end;
  while (last < document.lineCount && last - end < tailLines && !isLong(last)) last++;
  return {
    readFrom: { line: first, character: 0 },
    readTo: afterLine(document, last - 1),
    paintFrom: { line: start, character: 0 },
    paintTo: afterLine(document, end - 1),
  };
}

/** The line end belongs to the line: after it is the start of the next one, where there is one. */
function afterLine(document: LineLengths, line: number): TextPosition {
  if (line + 1 < document.lineCount) return { line: line + 1, character: 0 };
  return { line, character: document.lengthOf(line) };
}

function partOfLine(length: number, line: number, cursor: TextPosition | undefined): Stretch {
  const { lineCharacters, leadCharacters } = readingLimits;
  const middle = cursor?.line === line ? cursor.character : 0;
  const start = Math.max(0, Math.min(Math.round(middle - lineCharacters / 2), length - lineCharacters));
  const end = Math.min(length, start + lineCharacters);
  return {
    readFrom: { line, character: Math.max(0, start - leadCharacters) },
    readTo: { line, character: Math.min(length, end + leadCharacters) },
    paintFrom: { line, character: start },
    paintTo: { line, character: end },
  };
}
