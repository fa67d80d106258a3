/**
 * Translates between UTF-16 offsets and UTF-8 byte offsets of one text. A lone surrogate counts as the three bytes of
 * U+FFFD, so byte offsets are those of `encodeUtf8(text)`. Takes four bytes per UTF-16 unit.
 */
export class Utf8Offsets {
  /** Byte offset of the character that holds each unit; one more entry for the end. */
  readonly #starts: Uint32Array;

  constructor(text: string) {
    const starts = new Uint32Array(text.length + 1);
    let byte = 0;
    for (let unit = 0; unit < text.length; unit++) {
      starts[unit] = byte;
      const code = text.charCodeAt(unit);
      if (code < 0x80) byte += 1;
      else if (code < 0x800) byte += 2;
      else if (isPair(code, text.charCodeAt(unit + 1))) {
        unit++;
        starts[unit] = byte;
        byte += 4;
      } else byte += 3;
    }
    starts[text.length] = byte;
    this.#starts = starts;
  }

  /** Length of the text in bytes. */
  get byteLength(): number {
    return this.#starts[this.#starts.length - 1]!;
  }

  /**
   * Byte offset of a UTF-16 offset; between the halves of a surrogate pair, that of the pair's first byte. Offsets
   * outside the text are clamped.
   */
  byteAt(utf16Offset: number): number {
    const last = this.#starts.length - 1;
    return this.#starts[Math.min(Math.max(utf16Offset, 0), last)] ?? 0;
  }

  /**
   * UTF-16 offset of a byte offset; inside a character, the offset where that character starts. Offsets outside the
   * text are clamped.
   */
  utf16At(byteOffset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= byteOffset) low = middle;
      else high = middle - 1;
    }
    // Both halves of a pair share a byte offset; the character starts at the first half.
    return low > 0 && this.#starts[low - 1] === this.#starts[low] ? low - 1 : low;
  }
}

/** True when the two code units form one code point beyond U+FFFF. */
function isPair(high: number, low: number): boolean {
  return high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000;
}
