/** A stretch of one line that a lens paints. Lines are those of the document, characters are UTF-16 units of the line. */
export interface LensMark {
  readonly line: number;
  /** Half-open; may be empty, for what is drawn at a place. */
  readonly start: number;
  readonly end: number;
  /** Which of the lens's styles. */
  readonly style: number;
  /** What the style draws beside its own look, for instance over blanks or after a line's end. */
  readonly label?: string;
  /** Index of the style that the label looks like; without it, it has a look of its own. */
  readonly labelStyle?: number;
}

/** Lines of a document, half-open. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/**
 * How many marks a lens paints at most, over all its styles. The editor keeps every one in order while text is typed,
 * so that it is the number of them that costs. Own choice: a screen of 60 lines of code has about 1,400 with its blanks.
 */
export const maxMarks = 1500;

/** True when one of the ranges holds the line. */
export function includesLine(ranges: readonly LineRange[], line: number): boolean {
  return ranges.some(({ start, end }) => line >= start && line < end);
}
