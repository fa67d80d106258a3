import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareCuts } from '../../../src/core/tokenizer/cutComparison.js';
import { countLineTokens, mostExpensiveLines } from '../../../src/core/tokenizer/lineCosts.js';
import { scriptCostsOf, tokenCostOf } from '../../../src/core/tokenizer/tokenCost.js';
import { anyText } from '../text/anyText.js';
import {
  bundledTokenizerJson,
  smallByteFallback,
  smallByteLevel,
  smallUnigram,
  textTokenizer,
} from './tokenizerFixtures.js';

const bundled = textTokenizer(bundledTokenizerJson());
const byteLevel = textTokenizer(smallByteLevel());

describe('tokens of lines', () => {
  it('are counted where they start, whatever ends a line', () => {
    const text = 'xy\r\n\rreturn\nx';

    const { lineStarts, tokenCounts } = countLineTokens(text, byteLevel.columns(text));

    expect([...lineStarts]).toEqual([0, 4, 5, 12]);
    expect([...tokenCounts]).toEqual([4, 1, 2, 1]);
  });

  it('add up to the tokens of any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const columns = bundled.columns(text);
        const { tokenCounts } = countLineTokens(text, columns);
        expect(tokenCounts.reduce((sum, count) => sum + count, 0)).toBe(columns.ids.length);
        expect(tokenCounts.length).toBe(text.split(/\r\n|\r|\n/).length);
      }),
      { numRuns: 300, seed: 21 },
    );
  });

  it('rank the lines, the upper of equal ones first', () => {
    const text = 'x\nxyxy\n\nxyxy\nxy';

    const lines = mostExpensiveLines(text, countLineTokens(text, byteLevel.columns(text)), 3);

    expect(lines).toEqual([
      { line: 1, tokenCount: 5, utf16Length: 4 },
      { line: 3, tokenCount: 5, utf16Length: 4 },
      { line: 0, tokenCount: 2, utf16Length: 1 },
    ]);
  });

  it('are none in an empty text', () => {
    expect(mostExpensiveLines('', countLineTokens('', byteLevel.columns('')), 3)).toEqual([]);
  });
});

describe('the cost of a text', () => {
  it('counts code points and bytes', () => {
    const text = 'a한🚀\ud800';

    expect(tokenCostOf(text, byteLevel.columns(text))).toEqual({
      tokenCount: 11,
      characterCount: 4,
      byteCount: 11,
      charactersPerToken: 4 / 11,
      bytesPerToken: 1,
    });
  });

  it('is told for each script', () => {
    const text = 'return 한 x';

    expect(scriptCostsOf(text, byteLevel.columns(text))).toEqual([
      { script: 'latin', tokenCount: 2, characterCount: 7 },
      { script: 'hangul', tokenCount: 3, characterCount: 1 },
      { script: 'other', tokenCount: 2, characterCount: 2 },
    ]);
  });
});

describe('two tokenizers', () => {
  it('cut differently where only one of them cuts', () => {
    const text = 'return x';
    const letters = textTokenizer({ ...smallByteLevel(), model: { ...smallByteLevel().model, merges: ['r e'] } });

    const differences = compareCuts(text, byteLevel.columns(text), letters.columns(text));

    expect(differences).toEqual([{ start: 0, end: 6, first: { start: 0, end: 1 }, second: { start: 0, end: 5 } }]);
  });

  it('cut alike where one of them only puts a blank in front', () => {
    const text = 'a';

    expect(compareCuts(text, byteLevel.columns(text), textTokenizer(smallUnigram()).columns(text))).toEqual([]);
  });

  it('differ in any text by stretches that hold all their other cuts', () => {
    const tokenizers = [byteLevel, textTokenizer(smallByteFallback())];
    fc.assert(
      fc.property(anyText, fc.constantFrom(...tokenizers), (text, other) => {
        const [first, second] = [bundled.columns(text), other.columns(text)];
        const differences = compareCuts(text, first, second);
        const inside = (token: number, part: 'first' | 'second'): boolean =>
          differences.some((difference) => token >= difference[part].start && token < difference[part].end);
        const cutsOutside = (columns: typeof first, part: 'first' | 'second'): Set<number> =>
          new Set([...columns.byteEnds].filter((_, token) => !inside(token, part)));
        const others = cutsOutside(second, 'second');
        expect([...cutsOutside(first, 'first')].filter((cut) => cut > 0 && !others.has(cut))).toEqual([]);
        expect(differences.every(({ start, end }) => end > start)).toBe(true);
        expect(compareCuts(text, first, first)).toEqual([]);
      }),
      { numRuns: 300, seed: 22 },
    );
  });
});
