import { expect, it } from 'vitest';
import { SlidingMean } from '../../../src/core/flow/slidingMean.js';

it('averages the last samples only', () => {
  const mean = new SlidingMean(3);
  for (const sample of [1_000, 1, 2, 3]) mean.add(sample);

  expect([mean.count, mean.mean]).toEqual([3, 2]);
});

it('is 0 without samples', () => {
  expect(new SlidingMean(3).mean).toBe(0);
});
