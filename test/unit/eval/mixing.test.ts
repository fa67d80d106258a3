import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/sampling/random.js';
import { mixingWeightCount } from '../../../src/core/memory/mixingClasses.js';
import { mixingWeights } from '../../../src/core/memory/mixingWeights.js';
import { fitWeights, mixedBits, mixedProbability, type MixedPlace } from '../../eval/mixing/fitWeights.js';
import { weightsFile } from '../../eval/mixing/weightsFile.js';

/** Places whose first evidence is right in the given share of the cases, over a model that gives every token a tenth. */
function places(count: number, rightShare: number): readonly MixedPlace[] {
  const random = createRandom(3);
  return Array.from({ length: count }, () => ({
    evidence: [{ weight: 0, share: random() < rightShare ? 1 : 0 }],
    model: 0.1,
  }));
}

describe('fitting weights', () => {
  it.each([0.2, 0.5, 0.9])('finds how far evidence can be believed that is right in %f of the cases', (share) => {
    const [weight = 0] = fitWeights(places(20_000, share), 1);

    // The weight w that maximises share * ln(w + (1 - w) / 10) + (1 - share) * ln((1 - w) / 10).
    expect(weight).toBeCloseTo((share - 0.1) / 0.9, 1.5);
  });

  it('needs fewer bits than any other weight', () => {
    const some = places(5_000, 0.6);
    const best = mixedBits(fitWeights(some, 1), some);

    for (const other of [0.1, 0.3, 0.45, 0.7, 0.9]) expect(mixedBits([other], some)).toBeGreaterThan(best);
  });

  it('leaves a weight of which no place tells', () => {
    expect(fitWeights(places(10, 0.5), 2)[1]).toBeCloseTo(0.1);
  });

  it('is about the interpolation that completion computes', () => {
    const evidence = [
      { weight: 0, share: 0.5 },
      { weight: 1, share: 1 },
    ];

    expect(mixedProbability([0.4, 0.5], { evidence, model: 0.2 })).toBeCloseTo(0.4 * 0.5 + 0.6 * (0.5 + 0.5 * 0.2));
  });

  it('writes the file that completion reads', () => {
    const numbers = /\[\n([^]*)\];/
      .exec(weightsFile(mixingWeights))![1]!
      .match(/[\d.]+/g)!
      .map(Number);

    expect(numbers).toEqual(mixingWeights);
    expect(numbers).toHaveLength(mixingWeightCount);
  });
});
