/**
 * Keeps the first line with something visible, and the line breaks before it, or with `limit` above 1 that many lines.
 * The model is told the same, but what it streamed so far may reach further.
 */
export function limitLines(text: string, limit: number): string {
  const start = text.search(/\S/);
  if (start < 0) return text;
  let end = start;
  for (let lines = 0; lines < limit; lines++) {
    const next = text.indexOf('\n', end);
    if (next < 0) return text;
    end = next + 1;
  }
  return text.slice(0, end - 1);
}

/** The text up to its first line break: all that fits in front of something else in the same line. */
export function beforeLineBreak(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/** True when the first visible line is followed by a line break: nothing more will be added to it. */
export function hasCompleteLine(text: string): boolean {
  return /\S.*\n/.test(text);
}
