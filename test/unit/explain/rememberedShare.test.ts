import { describe, expect, it } from 'vitest';
import type { ExplainedToken } from '../../../src/core/explain/explainedTokens.js';
import { chosenLogProbOf, summarizeRemembered } from '../../../src/core/explain/rememberedShare.js';

function tokenOf(share: number | undefined, line = 0, path = 'a.ts', counts = true): ExplainedToken {
  const place = { source: 'workspace', path, line, agreement: 3, agreementAhead: 0 } as const;
  return {
    ...{ id: 1, text: 'a', start: 0, end: 1, logProb: -3, allowedLogProb: -1, rank: 9, alternatives: [], counts },
    ...(share !== undefined && { remembered: { logProb: -0.5, share, place } }),
  };
}

describe('where the tokens of a suggestion come from', () => {
  it('is not told where memory was not asked', () => {
    expect(summarizeRemembered([tokenOf(undefined)])).toBeUndefined();
    expect(chosenLogProbOf([tokenOf(undefined), tokenOf(undefined)])).toBe(-4);
  });

  it('counts tokens of which memory has at least half, and none that the user typed', () => {
    const tokens = [tokenOf(0.9, 0, 'a.ts', false), tokenOf(0.5), tokenOf(0.49), tokenOf(0)];
    expect(summarizeRemembered(tokens)).toMatchObject({ tokenCount: 3, rememberedCount: 1, hasShare: true });
    expect(chosenLogProbOf(tokens)).toBe(-1.5);
    expect(chosenLogProbOf(tokens, 2)).toBe(-1);
  });

  it('calls a share below a hundredth none', () => {
    expect(summarizeRemembered([tokenOf(0.009)])).toMatchObject({ rememberedCount: 0, hasShare: false, lines: [] });
    expect(summarizeRemembered([tokenOf(0.01)])).toMatchObject({ rememberedCount: 0, hasShare: true, lines: [] });
  });

  it('joins neighbouring lines of one file, in the order of the text', () => {
    const tokens = [tokenOf(1, 11), tokenOf(1, 12), tokenOf(1, 3, 'b.ts'), tokenOf(1, 10), tokenOf(1, 20)];
    expect(summarizeRemembered(tokens)?.lines).toEqual([
      { path: 'a.ts', start: 10, end: 13 },
      { path: 'b.ts', start: 3, end: 4 },
      { path: 'a.ts', start: 20, end: 21 },
    ]);
  });
});
