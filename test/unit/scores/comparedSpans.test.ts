import { describe, expect, it } from 'vitest';
import { compareSpans } from '../../../src/core/scores/comparedSpans.js';
import type { ScoredTokens } from '../../../src/core/scores/scoredTokens.js';

/** Tokens that end at the given places; each has its length as negative log-probability. */
function tokens(...ends: readonly number[]): ScoredTokens {
  const starts = Uint32Array.from(ends, (_, index) => ends[index - 1] ?? 0);
  return {
    firstToken: 0,
    ids: Uint32Array.from(ends),
    starts,
    ends: Uint32Array.from(ends),
    byteStarts: starts,
    byteEnds: Uint32Array.from(ends),
    logProbs: Float32Array.from(ends, (end, index) => starts[index]! - end),
    ranks: new Uint32Array(ends.length).fill(1),
    entropies: new Float32Array(ends.length),
    topCount: 0,
    topIds: new Uint32Array(0),
    topLogProbs: new Float32Array(0),
    vocabulary: { ids: new Uint32Array(0), texts: [] },
  };
}

describe('compareSpans', () => {
  it('cuts where tokens of both end, and sums between', () => {
    const spans = compareSpans(tokens(2, 5, 6, 9), tokens(1, 2, 6, 7, 9));
    expect(Array.from(spans.starts)).toEqual([0, 2, 6]);
    expect(Array.from(spans.ends)).toEqual([2, 6, 9]);
    expect(Array.from(spans.logProbs)).toEqual([-2, -4, -3]);
    expect(Array.from(spans.otherLogProbs)).toEqual([-2, -4, -3]);
    expect(spans.divergences).toBeUndefined();
  });

  it('keeps the divergence of each token', () => {
    const spans = compareSpans(tokens(2, 5), tokens(2, 5), Float32Array.of(0.5, 0.25));
    expect(Array.from(spans.divergences!)).toEqual([0.5, 0.25]);
  });

  it('leaves out what one of them did not score', () => {
    const own = tokens(2, 5, 6);
    own.logProbs[1] = NaN;
    expect(Array.from(compareSpans(own, tokens(2, 6)).ends)).toEqual([2]);
  });

  it('has nothing to say of an empty text', () => {
    expect(compareSpans(tokens(), tokens()).starts).toHaveLength(0);
  });
});
