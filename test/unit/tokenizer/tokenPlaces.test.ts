import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { encodeUtf8 } from '../../../src/core/text/utf8.js';
import type { TextTokenizer } from '../../../src/core/tokenizer/textTokenizer.js';
import { anyText } from '../text/anyText.js';
import {
  bundledTokenizerJson,
  referenceTokenizer,
  smallByteFallback,
  smallByteLevel,
  smallUnigram,
  smallWordPiece,
  textTokenizer,
} from './tokenizerFixtures.js';

// Hundreds of cases a property, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

/** `token=text` for each span. */
function places(tokenizer: TextTokenizer, text: string): string[] {
  return tokenizer.spans(text).map((span) => `${span.token}=${span.text}`);
}

describe('byte-level BPE', () => {
  it.each(['bundled', 'GPT-2'])('covers exactly the bytes that its tokens stand for: %s', (name) => {
    const tokenizer = textTokenizer(name === 'bundled' ? bundledTokenizerJson() : smallByteLevel());

    fc.assert(
      fc.property(anyText, (text) => {
        const spans = tokenizer.spans(text);
        const isExact = spans.every((span) => Buffer.from(span.bytes).equals(tokenizer.table.bytesOf(span.id)));
        expect(isExact).toBe(true);
        expect(Buffer.from(spans.flatMap((span) => span.bytes)).equals(encodeUtf8(text))).toBe(true);
      }),
      { numRuns: 500, seed: 2 },
    );
  });

  it('gives a token inside a character the place where the complete characters end', () => {
    const spans = textTokenizer(smallByteLevel()).spans('a🚀b');

    expect(spans.map(({ start, end, byteStart, byteEnd }) => [start, end, byteStart, byteEnd])).toEqual([
      [0, 1, 0, 1],
      [1, 1, 1, 2],
      [1, 1, 2, 3],
      [1, 1, 3, 4],
      [1, 3, 4, 5],
      [3, 4, 5, 6],
    ]);
  });

  it('covers nothing by a blank that the tokenizer put in front', () => {
    expect(places(textTokenizer(smallByteLevel({ addPrefixSpace: true })), 'return (x)')).toEqual([
      'Ġreturn=return',
      'Ġ= ',
      '(=(',
      'x=x',
      ')=)',
    ]);
  });

  it('covers a decomposed character by the tokens of the composed one', () => {
    const text = `${'한'.normalize('NFD')}n`;

    const spans = textTokenizer(smallByteLevel({ normalizer: { type: 'NFC' } })).spans(text);

    expect(spans.map(({ start, end, byteEnd }) => [start, end, byteEnd])).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [0, 3, 9],
      [3, 4, 10],
    ]);
  });

  it('skips what the vocabulary has no byte for', () => {
    const json = smallByteLevel();
    const model = { ...json.model, vocab: { a: 0, b: 1 }, merges: [] };

    expect(places(textTokenizer({ ...json, model }), 'xayb!')).toEqual(['a=xa', 'b=yb!']);
  });
});

describe('WordPiece', () => {
  const uncased = textTokenizer(smallWordPiece());

  it.each<[string, string, string[]]>([
    ['pieces of words', 'unaffable return', ['un=un', '##aff=aff', '##able=able', 're= re', '##turn=turn']],
    ['an unknown word as a whole', 'x zebra x', ['x=x', '[UNK]= zebra', 'x= x']],
    ['case and accents', 'CAF\u00c9S Re\u0301turn', ['cafe=CAFÉ', '##s=S', 're= Re\u0301', '##turn=turn']],
    ['CJK without blanks', 'x漢字x', ['x=x', '漢=漢', '字=字', 'x=x']],
    ['decomposed Hangul as an unknown word', '한국 x'.normalize('NFC'), ['[UNK]=한국', 'x= x']],
    [
      'dropped characters with what follows',
      '\u0000x\u0000x\ud800 )\u0000\n',
      ['[UNK]=\u0000x\u0000x', ')=\ud800 )\u0000\n'],
    ],
    ['line ends and tabs', '\tx\r\n(x)\r\n', ['x=\tx', '(=\r\n(', 'x=x', ')=)\r\n']],
    ['nothing at all', ' \n\t ', []],
  ])('places %s', (_, text, expected) => {
    expect(places(uncased, text)).toEqual(expected);
  });

  it('makes one unknown token of a word of more than a hundred characters', () => {
    expect(places(uncased, `x ${'a'.repeat(101)} a`)).toEqual(['x=x', `[UNK]= ${'a'.repeat(101)}`, 'a= a']);
  });
});

describe('Unigram', () => {
  it.each<[string, string, string[]]>([
    ['words with their blanks', 'return (e)', ['▁return=return', '▁= ', '(=(', 'e=e', ')=)']],
    ['runs of blanks as one', 'a  \t b', ['▁=', 'a=a', '▁=  \t ', 'b=b']],
    ['an unknown stretch as one', 'aXYZb', ['▁=', 'a=a', '<unk>=XYZ', 'b=b']],
    ['a ligature by the last of its letters', '\ufb01', ['▁=', 'fi=\ufb01']],
    ['compatibility jamo that compose', 'ㄱㅏa', ['▁=', '가=ㄱㅏ', 'a=a']],
    [
      'decomposed Hangul',
      '한국'.normalize('NFD'),
      ['▁=', `한=${'한'.normalize('NFD')}`, `국=${'국'.normalize('NFD')}`],
    ],
    ['dropped control characters', 'a\u0001b', ['▁=', 'a=a', 'b=\u0001b']],
  ])('places %s', (_, text, expected) => {
    expect(places(textTokenizer(smallUnigram()), text)).toEqual(expected);
  });
});

describe('a configuration that joins blanks and folds letters', () => {
  it('changes no place', () => {
    const tokenizer = textTokenizer(smallUnigram(), { remove_space: true, do_lowercase_and_remove_accent: true });

    expect(places(tokenizer, '  Re\u0301TURN \n (E\u0301) ')).toEqual([
      '▁return=  Re\u0301TURN',
      '▁= \n ',
      '(=(',
      'e=E\u0301',
      ')=) ',
    ]);
  });
});

describe('BPE with byte fallback', () => {
  it('places bytes inside their character', () => {
    const spans = textTokenizer(smallByteFallback()).spans('a 한');

    expect(spans.map(({ token, text, byteStart, byteEnd }) => [token, text, byteStart, byteEnd])).toEqual([
      ['▁', '', 0, 0],
      ['a', 'a', 0, 1],
      ['▁', ' ', 1, 2],
      ['<0xED>', '', 2, 3],
      ['<0x95>', '', 3, 4],
      ['<0x9C>', '한', 4, 5],
    ]);
  });
});

describe('normalising tokenizers', () => {
  const pieces = ['Return', ' ', '한'.normalize('NFD'), 'É', 'e\u0301', '漢', '(', 'ΣΑΣ', '\t', '\u0000', 'x', 'un'];
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 10 }).map((parts) => parts.join(''));

  it('cover by each token the text it was made of', () => {
    for (const json of [smallWordPiece(), smallUnigram()]) {
      const tokenizer = textTokenizer(json);
      const { normalizer } = referenceTokenizer(json);
      fc.assert(
        fc.property(text, (sample) => {
          for (const span of tokenizer.spans(sample)) {
            if (tokenizer.table.isSpecial(span.id)) continue;
            const piece = span.token.replace(/^##|▁/gu, '');
            expect(normalizer?.(span.text)).toContain(piece);
          }
        }),
        { numRuns: 500, seed: 3 },
      );
    }
  });
});
