import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { chooseToken, keptTokens } from '../../../src/core/sampling/chooseToken.js';
import { mostLikely } from '../../../src/core/sampling/mostLikely.js';
import { createRandom } from '../../../src/core/sampling/random.js';
import { rankTokens } from '../../../src/core/sampling/rankTokens.js';
import type { SampledCandidate, SampledDistribution } from '../../../src/core/sampling/sampledDistribution.js';
import { greedy, type SamplingOptions } from '../../../src/core/sampling/samplingOptions.js';
import { TokenDistribution } from '../../../src/core/sampling/tokenDistribution.js';

// Hundreds of cases a property, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const plain: SamplingOptions = { temperature: 1, topK: 0, topP: 1, minP: 0, seed: 0 };

/** Probabilities 0.5, 0.25, 0.125 and 0.125, of the ids 2, 0, 1 and 3. */
const halving = Float32Array.of(Math.log(0.25), Math.log(0.125), Math.log(0.5), Math.log(0.125));

const logit = fc.oneof(
  fc.float({ min: -60, max: 60, noNaN: true }),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(-0, NaN, -Infinity),
);
const rows = fc
  .array(logit, { minLength: 1, maxLength: 120 })
  .filter((row) => row.some(Number.isFinite))
  .map((row) => Float32Array.from(row));
const share = fc.double({ min: 0, max: 1, noNaN: true });
const samplings = fc.record({
  temperature: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 4, noNaN: true })),
  topK: fc.nat(130),
  topP: fc.oneof(fc.constant(1), share),
  minP: fc.oneof(fc.constant(0), share),
  seed: fc.constant(0),
});

function all(distribution: SampledDistribution): SampledCandidate[] {
  return distribution.candidates(0, Infinity);
}

function view(options: Partial<SamplingOptions>, row = halving): SampledDistribution {
  return new TokenDistribution(row).sampled({ ...plain, ...options });
}

describe('the ranking', () => {
  it('is the order of the most likely tokens', () => {
    fc.assert(
      fc.property(rows, (row) => {
        expect(Array.from(rankTokens(row))).toEqual(mostLikely(row, row.length));
      }),
      { numRuns: 500, seed: 31 },
    );
  });

  it('of some candidates is theirs, in whatever order they come', () => {
    fc.assert(
      fc.property(rows, fc.uniqueArray(fc.nat(150)), (row, candidates) => {
        const ranked = Array.from(rankTokens(row, Uint32Array.from(candidates)));
        expect(ranked).toEqual(mostLikely(row, row.length, candidates));
      }),
      { numRuns: 500, seed: 32 },
    );
  });

  it('of a large vocabulary is complete', () => {
    const random = createRandom(5);
    const row = Float32Array.from({ length: 150_000 }, () => (random() - 0.5) * 40);

    const ids = rankTokens(row);

    expect(new Set(ids).size).toBe(row.length);
    expect(ids.every((id, rank) => rank === 0 || row[ids[rank - 1]!]! >= row[id]!)).toBe(true);
  });
});

describe('a distribution and chooseToken', () => {
  it('agree on what can be drawn', () => {
    fc.assert(
      fc.property(rows, samplings, (row, options) => {
        const kept = all(new TokenDistribution(row).sampled(options)).filter(({ cutBy }) => cutBy === undefined);
        expect(new Set(kept.map(({ id }) => id))).toEqual(drawableIds(row, options));
      }),
      { numRuns: 2000, seed: 33 },
    );
  });

  it('agree on what can be drawn of the allowed tokens', () => {
    fc.assert(
      fc.property(rows, samplings, fc.uniqueArray(fc.nat(119), { minLength: 1 }), (row, options, ids) => {
        const allowed = Uint32Array.from(ids);
        fc.pre(ids.some((id) => Number.isFinite(row[id])));
        const kept = all(new TokenDistribution(row, allowed).sampled(options)).filter(
          ({ probability }) => probability > 0,
        );
        expect(new Set(kept.map(({ id }) => id))).toEqual(drawableIds(row, options, allowed));
      }),
      { numRuns: 1000, seed: 34 },
    );
  });

  it.each<[string, Partial<SamplingOptions>]>([
    ['plain', {}],
    ['hot', { temperature: 2.5 }],
    ['cold', { temperature: 0.4 }],
    ['top-k', { topK: 3 }],
    ['top-p', { topP: 0.7 }],
    ['min-p', { minP: 0.2 }],
    ['all at once', { temperature: 1.4, topK: 6, topP: 0.9, minP: 0.1 }],
  ])('agree on how often: %s', (_, change) => {
    const options = { ...plain, ...change };
    const random = createRandom(11);
    const row = Float32Array.from({ length: 12 }, () => random() * 4);
    const counts = new Map<number, number>();
    const draws = 20_000;
    for (let draw = 0; draw < draws; draw++) {
      const id = chooseToken(row, options, random);
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }

    // Five standard deviations of a share in 20,000 draws are below 0.018.
    for (const { id, probability } of all(view(options, row))) {
      expect(Math.abs((counts.get(id) ?? 0) / draws - probability)).toBeLessThan(0.018);
    }
  });
});

/** The ids that `chooseToken` keeps, without those that it can never draw because their weight is 0. */
function drawableIds(row: Float32Array, options: SamplingOptions, allowed?: Uint32Array): Set<number> {
  const kept = Array.from(keptTokens(row, options, allowed)).filter((id) => row[id]! > -Infinity);
  const maximum = Math.max(...kept.map((id) => row[id]!));
  return new Set(kept.filter((id) => Math.exp((row[id]! - maximum) / (options.temperature || 1)) > 0));
}

describe('the cuts', () => {
  it('follow each other in the order of the filters, each saying what it took', () => {
    const row = Float32Array.from([0.4, 0.3, 0.15, 0.1, 0.05].map(Math.log));

    const distribution = view({ topK: 4, topP: 0.85, minP: 0.5 }, row);

    expect(distribution.cuts.map(({ filter, start, end }) => [filter, start, end])).toEqual([
      ['top-k', 4, 5],
      ['top-p', 3, 4],
      ['min-p', 2, 3],
    ]);
    expect(distribution.cuts.map(({ mass }) => Number(mass.toFixed(6)))).toEqual([0.05, 0.1, 0.15]);
    expect(distribution.cutMass).toBeCloseTo(0.3, 6);
    expect(all(distribution).map(({ cutBy }) => cutBy)).toEqual([undefined, undefined, 'min-p', 'top-p', 'top-k']);
    expect(all(distribution).map(({ probability }) => Number(probability.toFixed(6)))).toEqual([
      0.571429, 0.428571, 0, 0, 0,
    ]);
  });

  it('are none when nothing is cut', () => {
    const distribution = view({ topK: 4, minP: 0.1 });

    expect(distribution.cuts).toEqual([]);
    expect(distribution.cutMass).toBe(0);
    expect(distribution.keptCount).toBe(4);
  });

  it('leave the likeliest token alone when greedy, whatever the rest says', () => {
    const distribution = view({ ...greedy, topK: 3, topP: 0.2, minP: 0.9 });

    expect(distribution.keptCount).toBe(1);
    expect(distribution.cuts).toEqual([{ filter: 'temperature', start: 1, end: 4, mass: 0 }]);
    expect(all(distribution).map(({ id, probability }) => [id, probability])).toEqual([
      [2, 1],
      [0, 0],
      [1, 0],
      [3, 0],
    ]);
  });

  it('name the temperature when it leaves no probability', () => {
    const distribution = view({ temperature: 0.01, topK: 2 }, Float32Array.of(0, -5, -20));

    expect(all(distribution).map(({ cutBy }) => cutBy)).toEqual([undefined, undefined, 'temperature']);
  });

  it('count the whole vocabulary, not only what is likely', () => {
    // Half of the probability lies in 100,000 tokens of which none is likely.
    const row = new Float32Array(100_001).fill(Math.log(0.5 / 100_000));
    row[7] = Math.log(0.5);

    const distribution = view({ topK: 50 }, row);

    expect(distribution.cutMass).toBeCloseTo(0.5 * (1 - 49 / 100_000), 5);
    expect(all(distribution)[0]!.temperedProbability).toBeCloseTo(0.5, 5);
  });
});

describe('the figures', () => {
  it('are shares of one', () => {
    fc.assert(
      fc.property(rows, samplings, (row, options) => {
        const distribution = new TokenDistribution(row).sampled(options);
        const candidates = all(distribution);
        const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
        expect(sum(candidates.map(({ probability }) => probability))).toBeCloseTo(1, 9);
        expect(sum(candidates.map(({ temperedProbability }) => temperedProbability))).toBeCloseTo(1, 9);
        expect(sum(candidates.map(({ logProb }) => Math.exp(logProb)))).toBeCloseTo(1, 6);
        const cut = sum(candidates.filter(({ cutBy }) => cutBy).map(({ temperedProbability }) => temperedProbability));
        expect(distribution.cutMass).toBeCloseTo(cut, 9);
        expect(distribution.effectiveChoices).toBeGreaterThanOrEqual(1);
        expect(distribution.effectiveChoices).toBeLessThanOrEqual(distribution.keptCount + 1e-9);
      }),
      { numRuns: 500, seed: 35 },
    );
  });

  it('give the entropy of what is drawn from', () => {
    expect(view({}).entropy).toBeCloseTo(1.75 * Math.LN2, 6);
    expect(view({ topK: 2 }).effectiveChoices).toBeCloseTo(Math.exp(Math.log(3) - (2 / 3) * Math.LN2), 6);
    expect(view({ temperature: 0 }).effectiveChoices).toBe(1);
  });

  it('keep the model’s own probability at every temperature', () => {
    const logProbs = (temperature: number): number[] => all(view({ temperature })).map(({ logProb }) => logProb);

    expect(logProbs(0.3)).toEqual(logProbs(1));
    expect(Math.exp(logProbs(0)[0]!)).toBeCloseTo(0.5, 6);
  });

  it('say which share of the probability is allowed', () => {
    expect(new TokenDistribution(halving, Uint32Array.of(0, 3)).allowedMass).toBeCloseTo(0.375, 6);
    expect(new TokenDistribution(halving).allowedMass).toBe(1);
  });
});

it('refuses a row in which nothing may come', () => {
  expect(() => new TokenDistribution(Float32Array.of(NaN, -Infinity))).toThrow(/no token/);
  expect(() => new TokenDistribution(halving, new Uint32Array(0))).toThrow(/no token/);
});
