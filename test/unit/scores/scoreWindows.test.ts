import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planWindows, type LineStart } from '../../../src/core/scores/scoreWindows.js';

/** Line starts with distances and hashes as given. */
function lineStarts(lines: readonly (readonly [number, number])[]): LineStart[] {
  let token = 0;
  return lines.map(([length, hash]) => ({ token: (token += length), hash }));
}

const lines = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat(1000)), { maxLength: 80 });

describe('planWindows', () => {
  it('reads a text that fits in one', () => {
    expect(planWindows(0, [], 64)).toEqual([]);
    expect(planWindows(64, [], 64)).toEqual([{ start: 0, scoredStart: 0, end: 64 }]);
  });

  it('advances by half where no line starts', () => {
    expect(planWindows(130, [], 64).map(({ start, end }) => [start, end])).toEqual([
      [0, 64],
      [32, 96],
      [64, 128],
      [96, 130],
    ]);
  });

  it('scores every token once, with enough before it, in windows that fit', () => {
    fc.assert(
      fc.property(fc.nat(1500), lines, fc.integer({ min: 2, max: 128 }), (tokenCount, some, length) => {
        const windows = planWindows(tokenCount, lineStarts(some), length);
        const isRight = windows.every(({ start, scoredStart, end }, index) => {
          const follows = scoredStart === (windows[index - 1]?.end ?? 0);
          const hasContext = start === 0 || scoredStart - start >= length * 0.375 - 1;
          return follows && hasContext && end - start <= length && end > scoredStart;
        });
        return isRight && (windows.at(-1)?.end ?? 0) === tokenCount;
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });

  it('finds the same windows again after a change, moved by as much', () => {
    const some = lineStarts(Array.from({ length: 400 }, (_, index) => [10, (index * 7919) % 1009]));
    const before = planWindows(4000, some, 512);
    const changed = some.map(({ token, hash }, index) => ({
      token: index < 30 ? token : token + 1,
      hash: index === 30 ? 0 : hash,
    }));
    const after = planWindows(4001, changed, 512);
    const moved = new Set(before.map(({ start, scoredStart, end }) => `${start + 1} ${scoredStart + 1} ${end + 1}`));
    const kept = after.filter(({ start, scoredStart, end }) => moved.has(`${start} ${scoredStart} ${end}`));
    expect(kept.length).toBeGreaterThan(after.length - 6);
  });
});
