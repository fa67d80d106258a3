/** The text with `\n` as its only line end, as models are trained on it: `\r\n` and `\r` alone become `\n`. */
export function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** How many `\n` a text has. */
export function countLineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** A text with `\n` as its only line end, and where its places are in the original. */
export class LineFeedText {
  /** See {@link withLineFeeds}. */
  readonly text: string;
  /** Offsets in `text` of the line feeds that stand for two characters of the original; rising. */
  readonly #shortened: readonly number[];

  constructor(original: string) {
    this.text = withLineFeeds(original);
    this.#shortened = Array.from(original.matchAll(/\r\n/g), ({ index }, removed) => index - removed);
  }

  /** The place in the original of a UTF-16 offset of `text`; at a line end, its first character. */
  originalOffset(offset: number): number {
    let low = 0;
    let high = this.#shortened.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#shortened[middle]! < offset) low = middle + 1;
      else high = middle;
    }
    return offset + low;
  }
}
