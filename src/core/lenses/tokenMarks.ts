import { blankRuns, lineEndLabel, type Blank } from './blankRuns.js';
import { includesLine, maxMarks, type LensMark, type LineRange } from './lensMark.js';
import type { TokenizedStretch } from './tokenizedStretch.js';

/** Colours in the cycle: neighbours differ, and a line looks the same wherever it stands. */
export const tokenColours = 5;

/** The kinds of blanks, in the order of their styles: each has two that look alike, the kinds one after the other. */
export const blanks: readonly Blank[] = [1, 4, 'tab'];

/** The styles of the token lens, as indices of its decoration types; `index` counts the tokens of a line. */
export const tokenStyles = {
  /** Begins a token. */
  plain: (index: number): number => index % tokenColours,
  /** Goes on with a token that began in a line above. */
  continued: (index: number): number => tokenColours + (index % tokenColours),
  /** Makes spaces or a tab visible. Neighbours have different styles, because an editor joins boxes of the same one. */
  blank: (blank: Blank, character: number): number => {
    const turn = Math.floor(character / (blank === 'tab' ? 1 : blank)) % 2;
    return 2 * tokenColours + turn * blanks.length + blanks.indexOf(blank);
  },
  /** Draws a line end. */
  lineEnd: 2 * tokenColours + 2 * blanks.length,
} as const;

/** The marks of one picture, and whether all that is seen got one. */
export interface TokenPicture {
  readonly marks: readonly LensMark[];
  /** How many of them, from the first, are tokens and blanks that are seen. Line ends cost an editor much more to draw. */
  readonly boxes: number;
  /** False when there are more tokens on the screen than are painted. */
  readonly isComplete: boolean;
}

/**
 * The marks that show the tokens of some lines: one for each token in each line it covers, and those that make blanks
 * and line ends visible. Tokens that are seen come first, then their blanks, line ends, and the margins, until `maxMarks`.
 *
 * @param painted lines of the document to paint, half-open
 * @param seen those of them that are on the screen
 */
export function tokenMarks(
  stretches: readonly TokenizedStretch[],
  painted: readonly LineRange[],
  seen: readonly LineRange[],
): TokenPicture {
  const onScreen: Record<MarkKind, LensMark[]> = { token: [], blank: [], lineEnd: [] };
  const margin: LensMark[] = [];
  const add: AddMark = (kind, mark) => (includesLine(seen, mark.line) ? onScreen[kind] : margin).push(mark);
  for (const stretch of stretches) addMarks(stretch, painted, add);
  const { token, blank, lineEnd } = onScreen;
  const marks = [...token, ...blank, ...lineEnd, ...margin].slice(0, maxMarks);
  const boxes = Math.min(marks.length, token.length + blank.length);
  return { marks, boxes, isComplete: token.length <= maxMarks };
}

type MarkKind = 'token' | 'blank' | 'lineEnd';
type AddMark = (kind: MarkKind, mark: LensMark) => void;

function addMarks(stretch: TokenizedStretch, painted: readonly LineRange[], add: AddMark): void {
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
      if (includesLine(painted, origin.line + line)) addMarksInLine(stretch, line, { start, end, index }, add);
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
function addMarksInLine(stretch: TokenizedStretch, line: number, { start, end, index }: Segment, add: AddMark): void {
  const { text, lines, start: origin } = stretch;
  const shift = stretch.shiftOf(line) - lines.startOf(line);
  const documentLine = origin.line + line;
  const isStart = start >= lines.startOf(line);
  const from = Math.max(start, lines.startOf(line));
  const lineEnd = lines.endOf(line);
  const to = Math.min(end, lineEnd);
  if (from < to) {
    const style = (isStart ? tokenStyles.plain : tokenStyles.continued)(index);
    add('token', { line: documentLine, start: from + shift, end: to + shift, style });
    for (const run of blankRuns(text, from, to)) {
      const at = run.start + shift;
      add('blank', { line: documentLine, start: at, end: run.end + shift, style: tokenStyles.blank(run.blank, at) });
    }
  }
  const label = lineEndLabel(text.slice(Math.max(from, lineEnd), Math.min(end, lineEnd + 2)));
  if (label === '') return;
  const style = start === lineEnd ? tokenStyles.plain : tokenStyles.continued;
  const at = lineEnd + shift;
  add('lineEnd', {
    line: documentLine,
    start: at,
    end: at,
    style: tokenStyles.lineEnd,
    label,
    labelStyle: style(index),
  });
}
