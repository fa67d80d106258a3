import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logSumExp } from '../../../src/core/sampling/logSumExp.js';
import { mostLikely } from '../../../src/core/sampling/mostLikely.js';

/** As the formula says, with the library's own exponential. */
function reference(logits: readonly number[]): number {
  const maximum = Math.max(...logits);
  return maximum + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - maximum), 0));
}

const finiteRow = fc.array(fc.float({ min: -200, max: 200, noNaN: true }), { minLength: 1, maxLength: 300 });

describe('logSumExp by table', () => {
  it('equals the sum of the library exponentials to nine digits', () => {
    fc.assert(
      fc.property(finiteRow, (row) => {
        expect(Math.abs(logSumExp(Float32Array.from(row)) - reference([...Float32Array.from(row)]))).toBeLessThan(1e-9);
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('leaves out NaN and minus infinity', () => {
    expect(logSumExp(Float32Array.of(Number.NaN, 1, -Infinity))).toBe(1);
    expect(logSumExp(Float32Array.of(-Infinity))).toBe(-Infinity);
  });
});

describe('mostLikely', () => {
  it('equals a stable sort of the whole row, with many ties', () => {
    const row = fc.array(fc.constantFrom(-1, 0, 0.5, 0.5, 2, Number.NaN, -Infinity), { maxLength: 60 });
    fc.assert(
      fc.property(row, fc.integer({ min: 0, max: 9 }), (values, count) => {
        const sorted = [...values.keys()]
          .filter((id) => values[id]! > -Infinity)
          .sort((a, b) => values[b]! - values[a]! || a - b);
        expect(mostLikely(Float32Array.from(values), count)).toEqual(sorted.slice(0, count));
      }),
      { seed: 12, numRuns: 500 },
    );
  });
});
