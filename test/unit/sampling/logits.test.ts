import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { mostLikely } from '../../../src/core/sampling/mostLikely.js';

// Hundreds of cases a property, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const rows = fc.array(fc.oneof(fc.float({ min: -60, max: 60, noNaN: true }), fc.integer({ min: -3, max: 3 })), {
  minLength: 1,
  maxLength: 200,
});

describe('the most likely tokens', () => {
  it('are those of a sort by logit and id', () => {
    fc.assert(
      fc.property(rows, fc.nat(30), (row, count) => {
        const logits = Float32Array.from(row);
        const sorted = Array.from(logits.keys()).sort((a, b) => logits[b]! - logits[a]! || a - b);
        expect(mostLikely(logits, count)).toEqual(sorted.slice(0, count));
      }),
      { numRuns: 500, seed: 22 },
    );
  });

  it('are taken from the candidates, in whatever order these come', () => {
    fc.assert(
      fc.property(rows, fc.uniqueArray(fc.nat(250)), fc.nat(10), (row, candidates, count) => {
        const logits = Float32Array.from(row);
        const sorted = candidates.filter((id) => id < logits.length).sort((a, b) => logits[b]! - logits[a]! || a - b);
        expect(mostLikely(logits, count, candidates)).toEqual(sorted.slice(0, count));
      }),
      { numRuns: 500, seed: 23 },
    );
  });

  it('leave out what cannot be', () => {
    expect(mostLikely(Float32Array.of(NaN, -Infinity, 1, NaN, 0), 4)).toEqual([2, 4]);
  });
});
