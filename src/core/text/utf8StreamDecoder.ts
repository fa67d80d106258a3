/**
 * Text of bytes that arrive piece by piece, as generated tokens do. A character whose last byte has not come yet is
 * withheld, so that joined pieces equal the text of the joined bytes and no half character is ever shown.
 */
export class Utf8StreamDecoder {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #toSkip: number;

  /** @param skippedByteCount bytes at the start that yield no text: those that token healing repeats. */
  constructor(skippedByteCount = 0) {
    this.#toSkip = skippedByteCount;
  }

  /** The text that became complete with these bytes; ill-formed sequences become U+FFFD. */
  push(bytes: Uint8Array): string {
    const skipped = Math.min(this.#toSkip, bytes.length);
    this.#toSkip -= skipped;
    return this.#decoder.decode(bytes.subarray(skipped), { stream: true });
  }

  /** Ends the text: U+FFFD for a character that stayed incomplete, otherwise nothing. */
  finish(): string {
    return this.#decoder.decode();
  }
}
