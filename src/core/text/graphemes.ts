/**
 * Ranges of characters of which any two, one after the other, are separate graphemes: letters that combine with nothing
 * by themselves (Unicode Annex 29: `Other`, and precomposed Hangul, which joins only with conjoining jamo). First and
 * last code unit of each.
 */
const plainRanges: readonly (readonly [first: number, last: number])[] = [
  [0x20, 0x7e], // ASCII
  [0xa1, 0xa8], // Latin, without what emoji are made of and what formats
  [0xaa, 0xac],
  [0xaf, 0x2ff],
  [0x370, 0x377], // Greek
  [0x391, 0x3a1],
  [0x3a3, 0x482],
  [0x48a, 0x52f], // Cyrillic
  [0x5d0, 0x5ea], // Hebrew
  [0x620, 0x64a], // Arabic
  [0x904, 0x914], // Devanagari vowels; its consonants form conjuncts
  [0xe01, 0xe30], // Thai
  [0x2010, 0x2027], // punctuation
  [0x3001, 0x3029], // CJK punctuation
  [0x3041, 0x3096], // kana
  [0x30a1, 0x30fe],
  [0x3400, 0x4dbf], // Han
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3], // Hangul syllables
  [0xff01, 0xff9d], // full and half width
];

const isPlainUnit = makePlainUnits();

/**
 * Tells where graphemes (what people take for one character: an emoji with joiners, a letter with its accents) begin
 * and end in a text. `Intl.Segmenter` looks only at the stretches that need it, each once, so that asking for all places
 * of a megabyte of code takes milliseconds.
 */
export class GraphemeBoundaries {
  readonly #text: string;
  readonly #segmenter: Intl.Segmenter;
  /** The stretch looked at last, UTF-16 units, half-open, and the boundaries inside it. */
  #start = 0;
  #end = 0;
  #inside = new Set<number>();

  /** @param text any UTF-16, well-formed or not */
  constructor(text: string) {
    this.#text = text;
    this.#segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
  }

  /** True when no grapheme reaches over a UTF-16 offset; both ends of the text are boundaries. */
  isBoundary(utf16Offset: number): boolean {
    const text = this.#text;
    if (utf16Offset <= 0 || utf16Offset >= text.length) return true;
    const before = text.charCodeAt(utf16Offset - 1);
    const after = text.charCodeAt(utf16Offset);
    if (before < 0x80 && after < 0x80) return before !== 0x0d || after !== 0x0a;
    if (isPlainUnit[before] === 1 && isPlainUnit[after] === 1) return true;
    if (utf16Offset <= this.#start || utf16Offset >= this.#end) this.#look(utf16Offset);
    return this.#inside.has(utf16Offset);
  }

  /** Segments the stretch of other characters around an offset, with a plain one on either side. */
  #look(utf16Offset: number): void {
    const text = this.#text;
    let start = utf16Offset - 1;
    while (start > 0 && isPlainUnit[text.charCodeAt(start)] !== 1) start--;
    let end = utf16Offset + 1;
    while (end < text.length && isPlainUnit[text.charCodeAt(end - 1)] !== 1) end++;
    this.#start = start;
    this.#end = end;
    this.#inside = new Set();
    for (const { index } of this.#segmenter.segment(text.slice(start, end))) this.#inside.add(start + index);
  }
}

function makePlainUnits(): Uint8Array {
  const isPlain = new Uint8Array(0x10000);
  for (const [first, last] of plainRanges) isPlain.fill(1, first, last + 1);
  return isPlain;
}
