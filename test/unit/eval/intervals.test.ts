import { describe, expect, it } from 'vitest';
import { bootstrap, clustersBy, mean, share, wilson } from '../../eval/figures/intervals.js';

describe("Wilson's interval", () => {
  it.each([
    // Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i among %i is the published one', (successes, total, low, high) => {
    const estimate = wilson(successes, total);

    expect(estimate.value).toBeCloseTo(successes / total, 10);
    expect(estimate.low).toBeCloseTo(low, 3);
    expect(estimate.high).toBeCloseTo(high, 3);
  });
});

describe('the bootstrap by file', () => {
  const files = Array.from({ length: 40 }, (_, file) => Array.from({ length: 5 }, () => file % 4 === 0));

  it('gives the same interval each time', () => {
    expect(share(files)).toEqual(share(files));
  });

  it('has the statistic of all values in the middle', () => {
    const estimate = share(files);

    expect(estimate.value).toBe(0.25);
    expect(estimate.low).toBeLessThan(0.25);
    expect(estimate.high).toBeGreaterThan(0.25);
  });

  it('is as wide as if each file were one value, when the values of a file are equal', () => {
    const alike = share(files);
    const single = bootstrap(
      files.map((file) => [Number(file[0])]),
      mean,
    );

    expect(alike.high - alike.low).toBeCloseTo(single.high - single.low, 10);
    // 1.96 standard errors of a share of 0.25 among 40.
    expect(alike.high - alike.low).toBeGreaterThan(2 * 0.134 * 0.75);
    expect(alike.high - alike.low).toBeLessThan(2 * 0.134 * 1.25);
  });

  it('leaves statistics out that do not exist', () => {
    const ratio = bootstrap([[0], [1], [1]], (values) => mean(values) || Number.NaN);

    expect(ratio.low).toBeGreaterThan(0);
  });

  it('of shares of which all hold does not pretend to be certain', () => {
    expect(share([[true], [true, true], [true]])).toMatchObject({ value: 1, high: 1 });
    expect(share([[true], [true, true], [true]]).low).toBeCloseTo(0.4385, 3);
    expect(share([[false, false], [false]]).high).toBeGreaterThan(0.5);
  });
});

describe('values by key', () => {
  it('keep their order', () => {
    expect(clustersBy(['b1', 'a1', 'b2'], (name) => name[0]!)).toEqual([['b1', 'b2'], ['a1']]);
  });
});
