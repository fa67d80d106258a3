import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceOf, memorySources, type Agreement } from '../../../src/core/memory/memoryEvidence.js';
import { mixingWeightCount } from '../../../src/core/memory/mixingClasses.js';
import { mixingWeights } from '../../../src/core/memory/mixingWeights.js';
import { Mixture } from '../../../src/core/memory/mixture.js';

const vocabulary = 8;

const row = fc
  .array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: vocabulary, maxLength: vocabulary })
  .map((values) => {
    const sum = values.reduce((total, value) => total + value, 0);
    return Float32Array.from(values, (value) => Math.log(value / sum));
  });
const match = fc.record({
  length: fc.integer({ min: 2, max: 32 }),
  token: fc.integer({ min: 0, max: vocabulary - 2 }),
});
const matches = fc.record(Object.fromEntries(memorySources.map((source) => [source, fc.array(match)])));
const none = {};
const kept = vocabulary - 1;

const found = (token: number, length: number): Agreement => ({ token, length });
const probability = ({ logProbs }: Mixture, token: number): number => Math.exp(logProbs[token]!);

describe('a mixture of model and memory', () => {
  it('is a distribution, and leaves the token alone that memory knows nothing of', () => {
    fc.assert(
      fc.property(row, matches, fc.boolean(), (model, evidence, keeps) => {
        const mixture = new Mixture(model, evidenceOf(evidence), mixingWeights, keeps ? kept : undefined);

        expect(mixture.logProbs.reduce((sum, logProb) => sum + Math.exp(logProb), 0)).toBeCloseTo(1, 4);
        if (keeps) expect(mixture.logProbs[kept]).toBe(model[kept]);
        for (let token = 0; token < vocabulary; token++) {
          expect(mixture.shareOf(token)).toBeGreaterThanOrEqual(0);
          expect(mixture.shareOf(token)).toBeLessThanOrEqual(1 + 1e-5);
        }
      }),
    );
  });

  it('is the model where nothing is remembered', () => {
    fc.assert(
      fc.property(row, (model) => {
        expect(new Mixture(model, evidenceOf(none), mixingWeights).logProbs).toEqual(model);
      }),
    );
  });

  it('believes long agreement more than short, and agreement of many places more than of one', () => {
    const model = new Float32Array(vocabulary).fill(Math.log(1 / vocabulary));
    const mixed = (...file: readonly Agreement[]): Mixture => new Mixture(model, evidenceOf({ file }), mixingWeights);

    expect(probability(mixed(found(3, 24)), 3)).toBeGreaterThan(probability(mixed(found(3, 2)), 3));
    expect(probability(mixed(found(3, 5), found(3, 5)), 3)).toBeGreaterThan(probability(mixed(found(3, 5)), 3));
    expect(mixed(found(3, 24)).shareOf(3)).toBeGreaterThan(0.8);
    expect(mixed(found(3, 24)).shareOf(4)).toBe(0);
  });

  it('has a weight for every kind of evidence', () => {
    expect(mixingWeights).toHaveLength(mixingWeightCount);
    expect(mixingWeights.every((weight) => weight >= 0 && weight < 1)).toBe(true);
  });
});
