import { blankRuns, lineEndLabel, spaceMark } from './blankRuns.js';
import { includesLine, maxMarks, type LensMark, type LineRange } from './lensMark.js';
import type { TokenizedStretch } from './tokenizedStretch.js';

/** Colours in the cycle: neighbours differ, and a line looks the same wherever it stands. */
export const tokenColours = 5;

/** The styles of the token lens, as indices of its decoration types; `index` counts the tokens of a line. */
export const tokenStyles = {
  /** Begins a token. */
  plain: (index: number): number => index % tokenColours,
  /** Begins a token with one space, which is drawn. */
  spaced: (index: number): number => tokenColours + (index % tokenColours),
  /** Goes on with a token that began in a line above. */
  continued: (index: number): number => 2 * tokenColours + (index % tokenColours),
  /** Draws a label over the text: blanks and line ends. */
  label: 3 * tokenColours,
} as const;

/** The marks of one picture, and whether all that is seen got one. */
export interface TokenPicture {
  readonly marks: readonly LensMark[];
  /** False when there are more tokens on the screen than are painted. */
  readonly isComplete: boolean;
}

/**
 * The marks that show the tokens of some lines: one for each token in each line it covers, and those that make blanks
 * and line ends visible. Tokens that are seen come first, their blanks next, then the margins, until `maxMarks`.
 *
 * @param painted lines of the document to paint, half-open
 * @param seen those of them that are on the screen
 */
export function tokenMarks(
  stretches: readonly TokenizedStretch[],
  painted: readonly LineRange[],
  seen: readonly LineRange[],
): TokenPicture {
  const [seenTokens, seenLabels, margin]: [LensMark[], LensMark[], LensMark[]] = [[], [], []];
  for (const stretch of stretches) {
    for (const mark of marksOf(stretch, painted)) {
      if (!includesLine(seen, mark.line)) margin.push(mark);
      else if (mark.style === tokenStyles.label) seenLabels.push(mark);
      else seenTokens.push(mark);
    }
  }
  const marks = [...seenTokens, ...seenLabels, ...margin].slice(0, maxMarks);
  return { marks, isComplete: seenTokens.length <= maxMarks };
}

function* marksOf(stretch: TokenizedStretch, painted: readonly LineRange[]): Generator<LensMark> {
  const { segments, lines, start: origin, valid } = stretch;
  const first = stretch.firstEndingAfter(valid.start);
  if (first >= segments.count) return;
  let lineOfIndex = lines.lineAt(segments.starts[first]!);
  let index = -1;
  // The number of a token in its line is counted from the line's start, which may be before what is painted.
  const lineStart = stretch.firstEndingAfter(lines.startOf(lineOfIndex));
  for (let segment = lineStart; segment < segments.count && segments.starts[segment]! < valid.end; segment++) {
    const start = segments.starts[segment]!;
    const end = segments.ends[segment]!;
    const firstLine = lines.lineAt(start);
    const lastLine = lines.lineAt(end - 1);
    index = firstLine === lineOfIndex ? index + 1 : 0;
    lineOfIndex = firstLine;
    if (segment < first) continue;
    for (let line = firstLine; line <= lastLine; line++) {
      if (includesLine(painted, origin.line + line)) yield* marksInLine(stretch, line, { start, end, index });
    }
  }
}

/** A segment as UTF-16 offsets in the stretch's text, and its number in its line. */
interface Segment {
  readonly start: number;
  readonly end: number;
  readonly index: number;
}

/** @param line of the stretch's text */
function* marksInLine(stretch: TokenizedStretch, line: number, { start, end, index }: Segment): Generator<LensMark> {
  const { text, lines, start: origin } = stretch;
  const shift = stretch.shiftOf(line) - lines.startOf(line);
  const place = (from: number, to: number): Pick<LensMark, 'line' | 'start' | 'end'> => {
    return { line: origin.line + line, start: from + shift, end: to + shift };
  };
  const isStart = start >= lines.startOf(line);
  const from = Math.max(start, lines.startOf(line));
  const lineEnd = lines.endOf(line);
  const to = Math.min(end, lineEnd);
  if (from < to) {
    const runs = blankRuns(text, from, to);
    const isSpaced = isStart && runs[0]?.start === from && runs[0].label === spaceMark;
    const style = isSpaced ? tokenStyles.spaced : isStart ? tokenStyles.plain : tokenStyles.continued;
    yield { ...place(from, to), style: style(index) };
    for (const run of isSpaced ? runs.slice(1) : runs) {
      yield { ...place(run.start, run.end), style: tokenStyles.label, label: run.label };
    }
  }
  const label = lineEndLabel(text.slice(Math.max(from, lineEnd), Math.min(end, lineEnd + 2)));
  if (label === '') return;
  const style = start === lineEnd ? tokenStyles.plain : tokenStyles.continued;
  yield { ...place(lineEnd, lineEnd), style: tokenStyles.label, label, labelStyle: style(index) };
}
