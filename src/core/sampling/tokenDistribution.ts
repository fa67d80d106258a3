import { GlassboxError } from '../errors.js';
import { rankTokens } from './rankTokens.js';
import { SampledDistribution, type DistributionCut, type SamplingFilter } from './sampledDistribution.js';
import type { SamplingOptions } from './samplingOptions.js';
import { TemperedWeights } from './temperedWeights.js';

/**
 * The next token's distribution over the whole vocabulary, to be looked at under any sampling options. The order is made
 * once; a new temperature costs one exponential per token, and new values of top-k, top-p and min-p a binary search each,
 * so that sliders can move at the rate of the screen. What is kept is exactly what `chooseToken` can draw: both compute
 * the same numbers in the same order.
 */
export class TokenDistribution {
  /** Ids of the tokens that may come, by falling logit, ties by rising id: `ids[rank]`. */
  readonly ids: Uint32Array;
  /** Share of the model's own probability that the allowed tokens have; 1 when all are allowed. */
  readonly allowedMass: number;
  readonly #logits: Float64Array;
  readonly #givenOrder: Uint32Array;
  readonly #logPartition: number;
  #weights: TemperedWeights;

  /**
   * @param logits one row, [vocabulary]; log-probabilities will do
   * @param allowed ids to choose from, each once, as for `chooseToken`; all when undefined
   * @throws GlassboxError `internal` when no allowed token has a logit above minus infinity.
   */
  constructor(logits: Float32Array, allowed?: Uint32Array) {
    this.ids = rankTokens(logits, allowed);
    if (this.ids.length === 0) throw new GlassboxError('internal', 'The model gave no token that may come next.');
    this.#logits = Float64Array.from(this.ids, (id) => logits[id]!);
    this.#givenOrder = ranksInOrder(this.ids, logits.length, allowed);
    this.#logPartition = logSumExp(logits);
    this.#weights = new TemperedWeights(this.#logits, this.#givenOrder, 1);
    this.allowedMass = allowed === undefined ? 1 : Math.min(1, Math.exp(logSumExp(this.#logits) - this.#logPartition));
  }

  /** The model's own log-probability of a rank: temperature 1, nothing cut, nothing forced. */
  logProbAt(rank: number): number {
    return this.#logits[rank]! - this.#logPartition;
  }

  /** The same of an id; minus infinity for one that may not come. */
  logProbOf(id: number): number {
    const rank = this.ids.indexOf(id);
    return rank < 0 ? -Infinity : this.logProbAt(rank);
  }

  /** What sampling options make of it; the seed has no part in it. */
  sampled({ temperature, topK, topP, minP }: Omit<SamplingOptions, 'seed'>): SampledDistribution {
    const weights = this.#weightsAt(Math.max(0, temperature));
    const cuts: DistributionCut[] = [];
    let end = this.ids.length;
    const cutFrom = (filter: SamplingFilter, start: number): void => {
      if (start >= end) return;
      cuts.push({ filter, start, end, mass: weights.share(start, end) });
      end = start;
    };
    cutFrom('temperature', weights.possibleCount);
    if (temperature > 0) {
      const limit = topK > 0 ? Math.min(topK, this.ids.length) : undefined;
      if (limit !== undefined) cutFrom('top-k', limit);
      if (topP < 1) cutFrom('top-p', weights.nucleusSize(topP, limit));
      if (minP > 0) cutFrom('min-p', weights.countAtLeast(minP));
    }
    return new SampledDistribution(this, weights, end, cuts);
  }

  #weightsAt(temperature: number): TemperedWeights {
    if (this.#weights.temperature !== temperature) {
      this.#weights = new TemperedWeights(this.#logits, this.#givenOrder, temperature);
    }
    return this.#weights;
  }
}

/** The ranks in the order in which `chooseToken` meets the tokens: as allowed, or by id. */
function ranksInOrder(ids: Uint32Array, vocabularySize: number, allowed: Uint32Array | undefined): Uint32Array {
  const missing = 0xffffffff;
  const rankOf = new Uint32Array(vocabularySize).fill(missing);
  for (let rank = 0; rank < ids.length; rank++) rankOf[ids[rank]!] = rank;
  const ranks = new Uint32Array(ids.length);
  let length = 0;
  for (let index = 0; index < (allowed?.length ?? vocabularySize); index++) {
    const rank = rankOf[allowed?.[index] ?? index] ?? missing;
    if (rank !== missing) ranks[length++] = rank;
  }
  return ranks;
}

/** ln of the sum of e^x, NaN and minus infinity left out. */
function logSumExp(values: ArrayLike<number>): number {
  let maximum = -Infinity;
  for (let index = 0; index < values.length; index++) if (values[index]! > maximum) maximum = values[index]!;
  let sum = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (value > -Infinity) sum += Math.exp(value - maximum);
  }
  return maximum + Math.log(sum);
}
