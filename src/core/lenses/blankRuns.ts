/** A stretch of spaces, or one tab, with what is drawn over it. */
export interface BlankRun {
  /** UTF-16 offset in the text. */
  readonly start: number;
  readonly end: number;
  /** As wide as the blanks, but for a tab, at the beginning of which it stands. */
  readonly label: string;
}

/** How a space is drawn. */
export const spaceMark = '·';

const tabMark = '→';

/**
 * The spaces and tabs of a part of a text, made visible. Each tab is a run of its own, because how wide it is depends on
 * where it stands.
 *
 * @param start UTF-16 offsets, half-open
 */
export function blankRuns(text: string, start: number, end: number): readonly BlankRun[] {
  const runs: BlankRun[] = [];
  for (const match of text.slice(start, end).matchAll(/ +|\t/g)) {
    const [blanks] = match;
    const from = start + match.index;
    const label = blanks === '\t' ? tabMark : spaceMark.repeat(blanks.length);
    runs.push({ start: from, end: from + blanks.length, label });
  }
  return runs;
}

/** What is drawn for a line end, or for the half of one; empty for text that does not begin with one. */
export function lineEndLabel(text: string): string {
  if (text.startsWith('\r\n')) return '␍↵';
  if (text.startsWith('\r')) return '␍';
  return text.startsWith('\n') ? '↵' : '';
}
