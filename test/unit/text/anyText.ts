import fc from 'fast-check';

/** The awkward pieces of text that every offset test must meet. */
export const awkwardTexts: Readonly<Record<string, string>> = {
  empty: '',
  ascii: 'const answer = compute(42);',
  'indented code': 'if (x) {\n        return "a\\tb";\n}\n',
  crlf: 'a\r\nb\r\n\r\nc\rd',
  tabs: '\tif x:\n\t\treturn\t1',
  'no-break space': 'a\u00a0b \u00a0 c',
  nul: 'a\u0000b\u0000',
  'composed Hangul': '안녕하세요 세계, 변수이름 = 값;',
  'decomposed Hangul': '안녕하세요 세계'.normalize('NFD'),
  'half-decomposed Hangul': '\uac00\u11a8 \u1100\u1161\u11a8 ㄱㅏ',
  emoji: 'ok 🚀 👍🏽 done',
  'emoji with joiners': '👩‍👩‍👧‍👦 👩🏽‍💻 🏳️‍🌈 🇰🇷',
  'combining marks': 'e\u0301 a\u0323\u0302 \u0301x Zalgo\u0336\u0335',
  'lone high surrogate': 'a\ud83db',
  'lone low surrogate': '\ude80 x',
  'swapped surrogates': '\ude80\ud83d',
  cjk: '漢字かな交じり文。中文字符',
  'half-width kana': 'ｶﾞｷﾞ ﾊﾟ',
  ligatures: 'ﬁle ﬂow ½ ㎏ Ⅳ',
  'greek sigma': 'ΟΔΟΣ ΣΑΣ ς',
  'turkish dotted I': 'İstanbul IĞDIR',
  'right-to-left': 'שלום עולם مرحبا',
  'byte order mark': '\ufeffimport x',
  'replacement character': 'a\ufffdb',
  'metaspace letter': 'a▁b ▁ c',
  blanks: '   \t  \n\n   ',
  'zero width': 'a\u200bb\u200dc\u2060',
};

/** Any UTF-16 string, well-formed or not: awkward pieces, letters, and single code units of all kinds, mixed. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...Object.values(awkwardTexts)),
      fc.constantFrom(' ', '\n', '\r\n', '\t', 'return', 'self.', '()', '{', 'ing', 'é', '\u0301', '가', '🚀'),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.integer({ min: 0xd7f0, max: 0xe010 }).map((unit) => String.fromCharCode(unit)),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));
