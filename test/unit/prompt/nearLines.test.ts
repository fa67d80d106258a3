import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearStart } from '../../../src/core/prompt/nearLines.js';

const lines = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index}\n`).join('');

/** Lines after the start of the near ones. */
function nearCount(prefix: string, startLine: number, fewest: number): number {
  return prefix.slice(nearStart(prefix, startLine, fewest)).split('\n').length - 1;
}

describe('nearStart', () => {
  it('leaves all lines before the suffix when none are asked for', () => {
    expect(nearStart(lines(20), 0, 0)).toBe(lines(20).length);
  });

  it('takes at least as many as asked for and at most seven more, from a multiple of eight', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(60), fc.integer({ min: 1, max: 12 }), (startLine, count, fewest) => {
        const near = nearCount(lines(count), startLine, fewest);
        expect(near).toBeLessThanOrEqual(fewest + 7);
        if (near < count) {
          expect(near).toBeGreaterThanOrEqual(fewest);
          expect((startLine + count - near) % 8).toBe(0);
        }
      }),
    );
  });

  it('stays where it is for eight lines that are typed', () => {
    const starts = Array.from({ length: 24 }, (_, index) => nearStart(lines(40 + index), 0, 4));

    expect(new Set(starts).size).toBeLessThanOrEqual(4);
  });
});
