import type { TextWindow } from './textWindow.js';

/** Most of a text that is replayed at once, UTF-16 units: what a person can follow. */
export const maxReplayedLength = 300;

const blank = /\s/;

/**
 * A stretch of the text and the rest of the words that it begins and ends in, with the blank before it, because most
 * tokenizers make that a part of the word.
 */
export function wordAround(text: string, { start, end }: TextWindow): TextWindow {
  let from = start;
  while (from > 0 && !blank.test(text[from]!) && !blank.test(text[from - 1]!)) from--;
  if (from > 0 && text[from - 1] === ' ') from--;
  let to = Math.max(end, from + 1);
  while (to < text.length && !blank.test(text[to]!) && !blank.test(text[to - 1]!)) to++;
  return { start: from, end: Math.min(to, from + maxReplayedLength) };
}
