import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { TextTokenizer } from '../../../src/core/tokenizer/textTokenizer.js';
import { segmentTokens } from '../../../src/core/tokenizer/tokenSegments.js';
import { anyText } from '../text/anyText.js';
import {
  bundledTokenizerJson,
  smallByteFallback,
  smallByteLevel,
  smallUnigram,
  smallWordPiece,
  textTokenizer,
} from './tokenizerFixtures.js';

// Hundreds of cases a property, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** `text` of each segment with the number of its tokens. */
function segmentsOf(tokenizer: TextTokenizer, text: string): [string, number][] {
  const { count, starts, ends, firstTokens } = segmentTokens(text, tokenizer.columns(text));
  return Array.from({ length: count }, (_, index) => [
    text.slice(starts[index], ends[index]),
    firstTokens[index + 1]! - firstTokens[index]!,
  ]);
}

describe('segments of tokens', () => {
  const byteLevel = textTokenizer(smallByteLevel());

  it.each<[string, string, [string, number][]]>([
    [
      'one for each token of plain text',
      'reurn x',
      [
        ['re', 1],
        ['urn', 1],
        [' ', 1],
        ['x', 1],
      ],
    ],
    [
      'one for the bytes of a syllable',
      'a한b',
      [
        ['a', 1],
        ['한', 3],
        ['b', 1],
      ],
    ],
    [
      'one for an emoji with joiners',
      '👩‍💻x',
      [
        ['👩‍💻', 11],
        ['x', 1],
      ],
    ],
    [
      'one for a letter and its accents',
      'e\u0301t',
      [
        ['e\u0301', 3],
        ['t', 1],
      ],
    ],
    [
      'one for a carriage return and line feed',
      'x\r\ny',
      [
        ['x', 1],
        ['\r\n', 2],
        ['y', 1],
      ],
    ],
    [
      'one for a lone surrogate',
      'a\ud83db',
      [
        ['a', 1],
        ['\ud83d', 3],
        ['b', 1],
      ],
    ],
    ['none for no text', '', []],
  ])('are %s', (_, text, expected) => {
    expect(segmentsOf(byteLevel, text)).toEqual(expected);
  });

  it('take in a blank that the tokenizer put in front', () => {
    expect(segmentsOf(textTokenizer(smallUnigram()), 'a b')).toEqual([
      ['a', 2],
      [' ', 1],
      ['b', 1],
    ]);
  });

  it.each([
    ['bundled', bundledTokenizerJson()],
    ['byte-level', smallByteLevel()],
    ['byte fallback', smallByteFallback()],
    ['Unigram', smallUnigram()],
    ['WordPiece', smallWordPiece()],
  ])('tile any text, split no grapheme and hold every token once: %s', (_, json) => {
    const tokenizer = textTokenizer(json);

    fc.assert(
      fc.property(anyText, (text) => {
        const columns = tokenizer.columns(text);
        const { count, starts, ends, firstTokens } = segmentTokens(text, columns);
        const graphemeStarts = new Set([...segmenter.segment(text)].map(({ index }) => index)).add(text.length);
        let end = 0;
        for (let index = 0; index < count; index++) {
          expect(starts[index]).toBe(end);
          end = ends[index]!;
          expect(end).toBeGreaterThan(starts[index]!);
          expect(graphemeStarts.has(end)).toBe(true);
          expect(firstTokens[index + 1]).toBeGreaterThan(firstTokens[index]!);
        }
        if (count > 0) expect([firstTokens[0], firstTokens[count], end]).toEqual([0, columns.ids.length, text.length]);
        else expect(columns.ends.every((tokenEnd) => tokenEnd === 0)).toBe(true);
      }),
      { numRuns: 500, seed: 4 },
    );
  });

  it('are as small as they can be', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const columns = byteLevel.columns(text);
        const { count, firstTokens } = segmentTokens(text, columns);
        const bytes = Buffer.from(text);
        const graphemeStarts = new Set([...segmenter.segment(text)].map(({ index }) => index));
        for (let index = 0; index < count; index++) {
          for (let token = firstTokens[index]!; token < firstTokens[index + 1]! - 1; token++) {
            const isMidCharacter = (bytes[columns.byteEnds[token]!]! & 0xc0) === 0x80;
            expect(isMidCharacter || !graphemeStarts.has(columns.ends[token]!)).toBe(true);
          }
        }
      }),
      { numRuns: 500, seed: 5 },
    );
  });
});
