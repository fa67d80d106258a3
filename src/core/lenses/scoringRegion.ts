import type { TextPosition } from '../completion/documentSnapshot.js';
import type { LineRange } from './lensMark.js';
import type { LineLengths } from './readingPlan.js';

/** What of a document is given to the model. */
export interface ScoringRegion {
  readonly start: TextPosition;
  readonly end: TextPosition;
  /** True when that is the whole document. */
  readonly isWhole: boolean;
}

/** Bounds of what is scored at once, in UTF-16 units; own choices. */
export const scoringLimits = {
  /** A longer document is not scored as a whole: reading it would keep the model busy for a minute. */
  wholeCharacters: 2 ** 18,
  /** Of a longer one, what is before what is seen: more than any model here reads at once. */
  beforeCharacters: 24_000,
  afterCharacters: 6_000,
  /** Regions begin and end at multiples of this many lines, so that scrolling seldom changes them. */
  lineStep: 100,
  /** The same inside one long line, in UTF-16 units. */
  characterStep: 2_000,
} as const;

/**
 * What to give to the model so that it can score what is seen: the whole document, or of a large one the part that ends a
 * little after it.
 *
 * @param characterCount UTF-16 units of the document
 * @param seen lines on the screen, half-open, at least one range
 */
export function scoringRegion(
  document: LineLengths,
  characterCount: number,
  seen: readonly LineRange[],
  cursor: TextPosition,
): ScoringRegion {
  const last = document.lineCount - 1;
  if (characterCount <= scoringLimits.wholeCharacters) {
    return { start: { line: 0, character: 0 }, end: { line: last, character: document.lengthOf(last) }, isWhole: true };
  }
  const first = Math.min(seen[0]?.start ?? 0, last);
  if (document.lengthOf(first) > scoringLimits.beforeCharacters)
    return partOfLine(document.lengthOf(first), first, cursor);
  const seenEnd = Math.max(first + 1, Math.min(seen.at(-1)?.end ?? 0, document.lineCount));
  const end = regionEnd(document, first, seenEnd);
  return {
    start: { line: regionStart(document, first), character: 0 },
    end: { line: end - 1, character: document.lengthOf(end - 1) },
    isWhole: false,
  };
}

/** Goes up from the first line that is seen, as far as the characters allow, and never over a very long line. */
function regionStart(document: LineLengths, first: number): number {
  const { beforeCharacters, lineStep } = scoringLimits;
  let rest: number = beforeCharacters;
  let line = first;
  while (line > 0 && document.lengthOf(line - 1) <= beforeCharacters) {
    rest -= document.lengthOf(line - 1) + 1;
    if (rest < 0 && line % lineStep === 0) break;
    line--;
  }
  return line;
}

/** The same downwards; what is seen does not count. */
function regionEnd(document: LineLengths, first: number, seenEnd: number): number {
  const { beforeCharacters, afterCharacters, lineStep } = scoringLimits;
  let rest: number = afterCharacters;
  let line = first + 1;
  while (line < document.lineCount && document.lengthOf(line) <= beforeCharacters) {
    if (line >= seenEnd) rest -= document.lengthOf(line) + 1;
    if (rest < 0 && line % lineStep === 0) break;
    line++;
  }
  return line;
}

function partOfLine(length: number, line: number, cursor: TextPosition): ScoringRegion {
  const { beforeCharacters, afterCharacters, characterStep } = scoringLimits;
  const middle = cursor.line === line ? cursor.character : 0;
  const step = Math.floor(middle / characterStep) * characterStep;
  return {
    start: { line, character: Math.max(0, step - beforeCharacters) },
    end: { line, character: Math.min(length, step + characterStep + afterCharacters) },
    isWhole: false,
  };
}
