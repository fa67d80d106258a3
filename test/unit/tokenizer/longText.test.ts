import { describe, expect, it } from 'vitest';
import { longestWord } from '../../../src/core/tokenizer/longWords.js';
import type { TokenSpan } from '../../../src/core/tokenizer/tokenSpan.js';
import {
  bundledTokenizerJson,
  referenceIds,
  referenceTokenizer,
  smallByteFallback,
  smallUnigram,
  smallWordPiece,
  textTokenizer,
} from './tokenizerFixtures.js';

const megabyte = 1 << 20;
const patterns = {
  'one letter': 'a',
  code: 'const total = items.reduce((sum, item) => sum + item.price * 2, 0); ',
  blanks: ' ',
  Hangul: '가나다',
};

const lineOf = (pattern: string, byteCount: number): string =>
  pattern.repeat(Math.ceil(byteCount / Buffer.byteLength(pattern)));
const joined = (spans: readonly TokenSpan[]): string => spans.map((span) => span.text).join('');

describe('a long line', () => {
  it.each(['one letter', 'code'] as const)('of a megabyte is tokenised completely: %s', { timeout: 60_000 }, (name) => {
    const line = lineOf(patterns[name], megabyte);

    expect(joined(textTokenizer(bundledTokenizerJson()).spans(line)) === line).toBe(true);
  });

  it.each(Object.entries(patterns))(
    'is tokenised by all kinds of tokenizers: %s',
    { timeout: 60_000 },
    (_, pattern) => {
      const line = `${lineOf(pattern, megabyte / 32)}x`;

      for (const json of [bundledTokenizerJson(), smallWordPiece(), smallUnigram(), smallByteFallback()]) {
        expect(joined(textTokenizer(json).spans(line)) === line).toBe(true);
      }
    },
  );

  it('of short words has the ids of the library', () => {
    const json = bundledTokenizerJson();
    const line = lineOf(patterns.code, megabyte / 8);

    const ids = textTokenizer(json).encode(line);

    expect(ids.join() === referenceIds(referenceTokenizer(json), line).join()).toBe(true);
  });
});

describe('a word longer than the library is given', () => {
  it('has the ids of the library up to the limit', () => {
    const json = bundledTokenizerJson();
    const word = 'abcdefghij'.repeat(longestWord).slice(0, longestWord);

    expect(textTokenizer(json).encode(word)).toEqual(referenceIds(referenceTokenizer(json), word));
  });

  it('is cut before a blank where the word is a whole text, which changes no id', () => {
    const text = 'return (a b)turn re '.repeat(longestWord / 8);

    for (const json of [smallUnigram(), smallByteFallback()]) {
      expect(textTokenizer(json).encode(text)).toEqual(referenceIds(referenceTokenizer(json), text));
    }
  });

  it('is never cut inside a surrogate pair', () => {
    const text = `a${'🚀'.repeat(longestWord)}`;

    const spans = textTokenizer(smallByteFallback()).spans(text);

    expect(joined(spans) === text).toBe(true);
    expect(new Set(spans.slice(2).map((span) => span.text))).toEqual(new Set(['', '🚀']));
  });
});
