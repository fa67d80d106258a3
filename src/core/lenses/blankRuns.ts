/** What a {@link BlankRun} covers: one space, four, or one tab. */
export type Blank = 1 | 4 | 'tab';

/** Some spaces, or one tab. */
export interface BlankRun {
  /** UTF-16 offset in the text. */
  readonly start: number;
  readonly end: number;
  readonly blank: Blank;
}

const space = 0x20;
const tab = 0x09;

/**
 * The spaces and tabs of a part of a text, in pieces of which each can be drawn in one of few ways.
 *
 * @param start UTF-16 offsets, half-open
 */
export function blankRuns(text: string, start: number, end: number): readonly BlankRun[] {
  // A screen asks for some hundred parts, most of them without blanks.
  const runs: BlankRun[] = [];
  for (let at = start; at < end;) {
    const unit = text.charCodeAt(at);
    const isWide = at + 4 <= end && text.startsWith('    ', at);
    const next = at + (isWide ? 4 : 1);
    if (unit === tab) runs.push({ start: at, end: next, blank: 'tab' });
    else if (unit === space) runs.push({ start: at, end: next, blank: isWide ? 4 : 1 });
    at = next;
  }
  return runs;
}

/** What is drawn for a line end, or for the half of one; empty for text that does not begin with one. */
export function lineEndLabel(text: string): string {
  if (text.startsWith('\r\n')) return '␍↵';
  if (text.startsWith('\r')) return '␍';
  return text.startsWith('\n') ? '↵' : '';
}
