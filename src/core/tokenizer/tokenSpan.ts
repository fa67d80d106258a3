/**
 * One token of a text, with its exact place. Spans tile the text: the first starts at 0, each starts where the one
 * before ended, the last ends at the length. A token that holds only part of a character (byte-level BPE splits
 * emoji and Hangul) starts and ends where that character's already complete bytes put it, so its UTF-16 range may be empty.
 */
export interface TokenSpan {
  readonly id: number;
  /** The vocabulary entry as the tokenizer file writes it, for instance `Ġreturn` or `##ing`. */
  readonly token: string;
  /** What the token stands for in the text (`text.slice(start, end)`). */
  readonly text: string;
  /** UTF-8 bytes the token covers; a lone surrogate counts as the three bytes of U+FFFD. */
  readonly bytes: readonly number[];
  /** UTF-16 offset of the first unit. */
  readonly start: number;
  /** UTF-16 offset after the last unit. */
  readonly end: number;
  /** UTF-8 byte offset of the first byte. */
  readonly byteStart: number;
  /** UTF-8 byte offset after the last byte. */
  readonly byteEnd: number;
}
