import fc from 'fast-check';

/** First and last code point of the letters of a script, blanks and marks between them included. */
const scripts: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  Latin: [
    [0x20, 0x7e],
    [0xa0, 0x24f],
  ],
  'composed Hangul': [
    [0xac00, 0xd7a3],
    [0x20, 0x20],
  ],
  'decomposed Hangul': [
    [0x1100, 0x1112],
    [0x1161, 0x1175],
    [0x11a8, 0x11c2],
    [0x20, 0x20],
  ],
  Han: [
    [0x4e00, 0x9fff],
    [0x3001, 0x3002],
  ],
  kana: [
    [0x3041, 0x30ff],
    [0xff66, 0xff9f],
  ],
  Cyrillic: [
    [0x400, 0x4ff],
    [0x20, 0x20],
  ],
  Arabic: [
    [0x600, 0x6ff],
    [0x20, 0x20],
  ],
  Hebrew: [
    [0x591, 0x5f4],
    [0x20, 0x20],
  ],
  Devanagari: [
    [0x900, 0x97f],
    [0x20, 0x20],
    [0x200c, 0x200d],
  ],
  Thai: [
    [0xe01, 0xe5b],
    [0x20, 0x20],
  ],
  emoji: [
    [0x1f300, 0x1f6ff],
    [0x1f900, 0x1f9ff],
    [0x1f1e6, 0x1f1ff],
    [0x200d, 0x200d],
    [0xfe0f, 0xfe0f],
  ],
  'lone surrogates': [
    [0xd800, 0xdfff],
    [0x20, 0x7e],
  ],
  controls: [
    [0, 0x1f],
    [0x7f, 0x9f],
    [0xfeff, 0xfeff],
    [0x2028, 0x2029],
  ],
};

const code = fc.constantFrom(
  ...['return', 'const ', ' = ', '()', '{\n', '    ', '\t', '\r\n', '// ', '"', "'s", "don't", '0x1f', '12345', '=>'],
  ...['<|endoftext|>', '[MASK]', '<unk>', '▁', 'un', 'affable', '한국어', '  \n\n'],
);

/** Texts of one script each, of code, and of all of them mixed. */
export const scriptTexts: Readonly<Record<string, fc.Arbitrary<string>>> = {
  ...Object.fromEntries(
    Object.entries(scripts).map(([name, ranges]) => [name, textOf(ranges.map((range) => letters(range)))]),
  ),
  code: textOf([code]),
  mixed: textOf([code, ...Object.values(scripts).flatMap((ranges) => ranges.map((range) => letters(range)))]),
};

function letters([min, max]: readonly [number, number]): fc.Arbitrary<string> {
  return fc.integer({ min, max }).map((codePoint) => String.fromCodePoint(codePoint));
}

function textOf(pieces: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.array(fc.oneof(...pieces), { maxLength: 24 }).map((parts) => parts.join(''));
}
