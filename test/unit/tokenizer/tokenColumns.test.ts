import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
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

describe('columns of tokens', () => {
  it.each([
    ['bundled', bundledTokenizerJson()],
    ['byte-level', smallByteLevel()],
    ['byte fallback', smallByteFallback()],
    ['Unigram', smallUnigram()],
    ['WordPiece', smallWordPiece()],
  ])('say of any text what its spans say: %s', (_, json) => {
    const tokenizer = textTokenizer(json);

    fc.assert(
      fc.property(anyText, (text) => {
        const { ids, starts, ends, byteStarts, byteEnds, entries, vocabulary } = tokenizer.columns(text);
        const rows = Array.from(ids, (id, index) => ({
          id,
          token: vocabulary.names[entries[index]!],
          start: starts[index],
          end: ends[index],
          byteStart: byteStarts[index],
          byteEnd: byteEnds[index],
        }));
        expect(rows).toEqual(
          tokenizer.spans(text).map(({ id, token, start, end, byteStart, byteEnd }) => {
            return { id, token, start, end, byteStart, byteEnd };
          }),
        );
        expect(Array.from(entries, (entry) => vocabulary.ids[entry])).toEqual([...ids]);
        expect(new Set(vocabulary.ids).size).toBe(vocabulary.ids.length);
      }),
      { numRuns: 300, seed: 6 },
    );
  });

  it('have the rank of the merge that makes a token, and none for single characters', () => {
    const { vocabulary } = textTokenizer(smallByteLevel()).columns('reurnx');

    expect(vocabulary.names).toEqual(['re', 'urn', 'x']);
    expect([...vocabulary.mergeRanks]).toEqual([0, 3, -1]);
    expect([...vocabulary.scores]).toEqual([NaN, NaN, NaN]);
  });

  it('have the scores of Unigram pieces', () => {
    const { vocabulary } = textTokenizer(smallUnigram()).columns('return');

    expect(vocabulary.names).toEqual(['▁return']);
    expect([...vocabulary.mergeRanks]).toEqual([-1]);
    expect(vocabulary.scores[0]).toBe(-2 - 10 / 8 - '▁return'.length);
  });

  it('mark control tokens, which are letters unless they are to be recognized', () => {
    const text = 'a<|endoftext|>';
    const json = smallByteLevel();

    expect([...textTokenizer(json).columns(text).vocabulary.isControl]).not.toContain(1);
    const recognized = textTokenizer(json, {}, { controlTokens: 'recognized' }).columns(text);
    expect(recognized.vocabulary.names).toEqual(['a', '<|endoftext|>']);
    expect([...recognized.vocabulary.isControl]).toEqual([0, 1]);
    expect([...recognized.ends]).toEqual([1, text.length]);
  });
});
