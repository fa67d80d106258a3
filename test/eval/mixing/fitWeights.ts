/** A piece of evidence about one token: which weight holds for it, and the token's share of what it counted. */
export interface PlaceEvidence {
  readonly weight: number;
  readonly share: number;
}

/** What was known before one token: the evidence, the strongest first, and the model's probability of the token. */
export interface MixedPlace {
  readonly evidence: readonly PlaceEvidence[];
  readonly model: number;
}

/** A weight that few places tell about trusts the memory little. */
const firstWeight = 0.1;
/** Places that are added to each weight's own, as if they had the first weight: rare evidence proves little. */
const priorPlaces = 4;
/** A round changes the sum of bits by less than a thousandth long before. */
const rounds = 40;
/** Least probability of a token, so that none counts without bound. */
const leastProbability = 1e-12;

/** Probability of the token of a place, by Jelinek-Mercer interpolation from the strongest evidence down to the model. */
export function mixedProbability(weights: ArrayLike<number>, { evidence, model }: MixedPlace): number {
  let sum = 0;
  let left = 1;
  for (const { weight, share } of evidence) {
    sum += left * weights[weight]! * share;
    left *= 1 - weights[weight]!;
  }
  return sum + left * model;
}

/** Bits that the tokens of all places take. */
export function mixedBits(weights: ArrayLike<number>, places: readonly MixedPlace[]): number {
  return places.reduce(
    (sum, place) => sum - Math.log2(Math.max(mixedProbability(weights, place), leastProbability)),
    0,
  );
}

/** The weights that make the tokens of the places likeliest, by expectation maximisation (Jelinek and Mercer 1980). */
export function fitWeights(places: readonly MixedPlace[], count: number): Float64Array {
  let weights = new Float64Array(count).fill(firstWeight);
  for (let round = 0; round < rounds; round++) {
    const taken = new Float64Array(count).fill(firstWeight * priorPlaces);
    const reached = new Float64Array(count).fill(priorPlaces);
    for (const place of places) {
      const whole = Math.max(mixedProbability(weights, place), leastProbability);
      let left = 1;
      let responsibility = 1;
      for (const { weight, share } of place.evidence) {
        const own = (left * weights[weight]! * share) / whole;
        reached[weight]! += responsibility;
        taken[weight]! += own;
        responsibility -= own;
        left *= 1 - weights[weight]!;
      }
    }
    weights = weights.map((_, index) => taken[index]! / reached[index]!);
  }
  return weights;
}
