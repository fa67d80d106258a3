/**
 * UTF-8 byte offsets of UTF-16 offsets that are asked for in rising order; needs no table. A lone surrogate counts as the
 * three bytes of U+FFFD.
 */
export class Utf8Walk {
  readonly #text: string;
  #unit = 0;
  #byte = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Byte offset of the character at a UTF-16 offset that is not inside a surrogate pair. */
  byteAt(utf16Offset: number): number {
    const text = this.#text;
    let unit = this.#unit;
    let byte = this.#byte;
    while (unit < utf16Offset) {
      const code = text.charCodeAt(unit++);
      if (code < 0x80) byte += 1;
      else if (code < 0x800) byte += 2;
      else if (code >= 0xd800 && code < 0xdc00 && isLowSurrogate(text.charCodeAt(unit))) {
        unit++;
        byte += 4;
      } else byte += 3;
    }
    this.#unit = unit;
    this.#byte = byte;
    return byte;
  }
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}
