import { lineEndLabel } from './blankRuns.js';
import { includesLine, maxMarks, type LensMark, type LineRange } from './lensMark.js';
import type { PlacedText } from './placedText.js';

/** A stretch of a text with the level it is painted in; UTF-16 offsets in the text. */
export interface LevelledRange {
  readonly start: number;
  readonly end: number;
  /** 0: not painted; otherwise style `level - 1`. */
  readonly level: number;
}

/** The marks of one picture, and whether all that is seen got one. */
export interface LevelPicture {
  readonly marks: readonly LensMark[];
  readonly isComplete: boolean;
}

/**
 * The marks that paint ranges of a text in their levels, those that are seen first, until `maxMarks`. A line end has no
 * width of its own: it is drawn, in a style of its own that brings the level's look.
 *
 * @param painted lines of the document to paint, half-open
 * @param seen those of them that are on the screen
 * @param lineEndStyle the style that draws line ends
 */
export function levelMarks(
  text: PlacedText,
  ranges: Iterable<LevelledRange>,
  lines: { readonly painted: readonly LineRange[]; readonly seen: readonly LineRange[] },
  lineEndStyle: number,
): LevelPicture {
  const [seenMarks, margin]: [LensMark[], LensMark[]] = [[], []];
  for (const range of ranges) {
    if (range.level === 0) continue;
    for (const mark of marksOf(text, range, lineEndStyle)) {
      if (includesLine(lines.seen, mark.line)) seenMarks.push(mark);
      else if (includesLine(lines.painted, mark.line)) margin.push(mark);
    }
  }
  return { marks: [...seenMarks, ...margin].slice(0, maxMarks), isComplete: seenMarks.length <= maxMarks };
}

function* marksOf(text: PlacedText, { start, end, level }: LevelledRange, lineEndStyle: number): Generator<LensMark> {
  const { lines, start: origin } = text;
  const style = level - 1;
  for (let line = lines.lineAt(start); line <= lines.lineAt(Math.max(start, end - 1)); line++) {
    const shift = text.shiftOf(line) - lines.startOf(line);
    const from = Math.max(start, lines.startOf(line));
    const lineEnd = lines.endOf(line);
    const to = Math.min(end, lineEnd);
    if (from < to) yield { line: origin.line + line, start: from + shift, end: to + shift, style };
    const label = lineEndLabel(text.text.slice(Math.max(from, lineEnd), Math.min(end, lineEnd + 2)));
    if (label === '') continue;
    const place = lineEnd + shift;
    yield { line: origin.line + line, start: place, end: place, style: lineEndStyle, label, labelStyle: style };
  }
}
