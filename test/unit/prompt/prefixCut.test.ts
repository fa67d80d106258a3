import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefixCut } from '../../../src/core/prompt/prefixCut.js';

/** One token per character: the limit is a number of characters. */
const perCharacter = (text: string): number => text.length;

const lines = (count: number, width = 9): string => `${'x'.repeat(width)}\n`.repeat(count);

function cutLine(prefix: string, startLine: number, limit: number): number {
  const cut = prefixCut(prefix, startLine, limit, perCharacter);
  return startLine + prefix.slice(0, cut).split('\n').length - 1;
}

describe('prefixCut', () => {
  it('keeps all of a prefix that fits', () => {
    expect(prefixCut(lines(50), 7, 500, perCharacter)).toBe(0);
  });

  it('cuts at multiples of 16 lines of the document', () => {
    expect(cutLine(lines(100), 0, 500)).toBe(64);
    expect(cutLine(lines(100), 5, 500)).toBe(64);
    expect(cutLine(lines(100), 16, 500)).toBe(80);
  });

  it('moves once in 16 new lines', () => {
    const cuts = new Set(Array.from({ length: 160 }, (_, added) => cutLine(lines(100 + added), 0, 500)));
    expect(cuts.size).toBe(11);
  });

  it('takes smaller steps when the last 16 lines are too long', () => {
    expect(cutLine(lines(16, 99), 0, 900)).toBe(8);
    expect(cutLine(lines(16, 99), 0, 100)).toBe(15);
  });

  it('keeps nothing when the last line alone is too long, without counting its tokens', () => {
    const longLine = `${'x'.repeat(1_000_000)}\n`;
    const count = (): number => expect.unreachable('a line of this length must not be encoded');
    expect(prefixCut(longLine, 0, 100, count)).toBe(longLine.length);
  });

  it('cuts at a line start and never exceeds the limit', () => {
    const text = fc
      .array(fc.string({ maxLength: 40 }), { maxLength: 60 })
      .map((parts) => parts.map((part) => `${part.replaceAll('\n', '')}\n`).join(''));
    fc.assert(
      fc.property(text, fc.nat(1000), fc.nat(600), (prefix, startLine, limit) => {
        const cut = prefixCut(prefix, startLine, limit, perCharacter);
        expect(prefix.length - cut).toBeLessThanOrEqual(limit);
        expect(cut === 0 || prefix[cut - 1] === '\n').toBe(true);
      }),
      { seed: 1 },
    );
  });
});
