/** What a {@link BlankRun} covers: one space, four, or one tab. */
export type Blank = 1 | 4 | 'tab';

/** Some spaces, or one tab. */
export interface BlankRun {
  /** UTF-16 offset in the text. */
  readonly start: number;
  readonly end: number;
  readonly blank: Blank;
}

/**
 * The spaces and tabs of a part of a text, in pieces of which each can be drawn in one of few ways.
 *
 * @param start UTF-16 offsets, half-open
 */
export function blankRuns(text: string, start: number, end: number): readonly BlankRun[] {
  const runs: BlankRun[] = [];
  for (const match of text.slice(start, end).matchAll(/ {4}| |\t/g)) {
    const [blanks] = match;
    const from = start + match.index;
    const blank = blanks === '\t' ? 'tab' : (blanks.length as 1 | 4);
    runs.push({ start: from, end: from + blanks.length, blank });
  }
  return runs;
}

/** What is drawn for a line end, or for the half of one; empty for text that does not begin with one. */
export function lineEndLabel(text: string): string {
  if (text.startsWith('\r\n')) return '␍↵';
  if (text.startsWith('\r')) return '␍';
  return text.startsWith('\n') ? '↵' : '';
}
