/**
 * Text of bytes that arrive piece by piece, as generated tokens do. A character whose last byte has not come yet is
 * withheld, so that no half character is ever shown; one that stays incomplete yields nothing.
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
}
