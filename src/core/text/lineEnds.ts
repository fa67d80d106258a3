/** The text with `\n` as its only line end, as models are trained on it: `\r\n` and `\r` alone become `\n`. */
export function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
