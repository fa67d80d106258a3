import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editSimilarity } from '../../eval/figures/editSimilarity.js';

describe('edit similarity', () => {
  it.each([
    ['', '', 1],
    ['a', '', 0],
    ['kitten', 'sitting', 1 - 3 / 7],
    ['return x;', 'return y;', 1 - 1 / 9],
    ['값을 센다', '값을 샌다', 1 - 1 / 5],
  ])('of %j and %j is %d', (left, right, expected) => {
    expect(editSimilarity(left, right)).toBeCloseTo(expected, 12);
  });

  it('does not depend on the order, and is 1 for equal texts alone', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 }), (left, right) => {
        expect(editSimilarity(left, right)).toBe(editSimilarity(right, left));
        expect(editSimilarity(left, right) === 1).toBe(left === right);
      }),
    );
  });
});
