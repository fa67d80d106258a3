import { describe, expect, it } from 'vitest';
import {
  alternativesAt,
  coverageAt,
  isScored,
  textOfId,
  type ScoredTokens,
} from '../../../src/core/scores/scoredTokens.js';
import { scoreTotals } from '../../../src/core/scores/scoreTotals.js';

/** `ab`, half an emoji, its other half, and a token that was not scored. */
const tokens: ScoredTokens = {
  firstToken: 7,
  ids: Uint32Array.of(5, 9, 3, 5),
  starts: Uint32Array.of(0, 2, 2, 4),
  ends: Uint32Array.of(2, 2, 4, 5),
  byteStarts: Uint32Array.of(0, 2, 4, 6),
  byteEnds: Uint32Array.of(2, 4, 6, 7),
  logProbs: Float32Array.of(-1, -2, -4, NaN),
  ranks: Uint32Array.of(1, 2, 3, 0),
  entropies: Float32Array.of(1, 1, 1, NaN),
  topCount: 2,
  topIds: Uint32Array.of(5, 9, 5, 9, 5, 0, 0, 0),
  topLogProbs: Float32Array.of(-1, -2, -1, -2, -1, -Infinity, -Infinity, -Infinity),
  vocabulary: { ids: Uint32Array.of(3, 5, 9), texts: ['c', 'ab', '\n'] },
};

describe('scored tokens', () => {
  it('name the likeliest tokens and mark the actual one', () => {
    expect(alternativesAt(tokens, 1)).toEqual([
      { id: 5, text: 'ab', logProb: -1, isActual: false },
      { id: 9, text: '\n', logProb: -2, isActual: true },
    ]);
    expect(alternativesAt(tokens, 2)).toHaveLength(1);
    expect(alternativesAt(tokens, 3)).toEqual([]);
    expect([0, 3].map((index) => isScored(tokens, index))).toEqual([true, false]);
    expect(textOfId(tokens.vocabulary, 4)).toBe('');
  });

  it('say what the likeliest tokens cover', () => {
    expect(coverageAt(tokens, 0)).toBeCloseTo(Math.exp(-1) + Math.exp(-2), 6);
    expect(coverageAt(tokens, 2)).toBeCloseTo(Math.exp(-1), 6);
  });
});

describe('totals', () => {
  it('are of what was scored', () => {
    const totals = scoreTotals(tokens);
    expect(totals).toMatchObject({ tokenCount: 3, byteCount: 6, logProb: -7 });
    expect(totals.bitsPerByte).toBeCloseTo(7 / Math.LN2 / 6, 12);
    expect(totals.perplexity).toBeCloseTo(Math.exp(7 / 3), 12);
  });

  it.each([
    ['a range that cuts a token counts all of it', { start: 1, end: 2 }, 1],
    ['a token inside a character counts where that starts', { start: 2, end: 3 }, 2],
    ['a range that begins inside the character counts what ends it', { start: 3, end: 4 }, 1],
    ['an empty range has none', { start: 2, end: 2 }, 0],
    ['what was not scored counts nothing', { start: 4, end: 5 }, 0],
  ])('%s', (_, range, tokenCount) => {
    expect(scoreTotals(tokens, range).tokenCount).toBe(tokenCount);
  });

  it('are zero bits and perplexity one for nothing', () => {
    expect(scoreTotals(tokens, { start: 0, end: 0 })).toMatchObject({ bitsPerByte: 0, perplexity: 1 });
  });
});
