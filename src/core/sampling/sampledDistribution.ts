import type { TemperedWeights } from './temperedWeights.js';

/** What keeps a token from being drawn. `temperature`: greedy choice, or a probability that became zero. */
export type SamplingFilter = 'temperature' | 'top-k' | 'top-p' | 'min-p';

/** The tokens that one filter took away: a half-open range of ranks, all less likely than what is kept. */
export interface DistributionCut {
  readonly filter: SamplingFilter;
  readonly start: number;
  readonly end: number;
  /** Share of the probability after the temperature. */
  readonly mass: number;
}

/** One token of the distribution. */
export interface SampledCandidate {
  /** 0 for the likeliest. */
  readonly rank: number;
  readonly id: number;
  /** The model's own, natural logarithm: temperature 1, nothing cut. */
  readonly logProb: number;
  /** After the temperature, before any cut. */
  readonly temperedProbability: number;
  /** What it is drawn with: after all cuts, renormalised; 0 when it was cut. */
  readonly probability: number;
  /** The filter that cut it; undefined when it is kept. */
  readonly cutBy: SamplingFilter | undefined;
}

/** The tokens that were ranked. */
interface RankedTokens {
  readonly ids: Uint32Array;
  logProbAt(rank: number): number;
}

/** A distribution after temperature, top-k, top-p and min-p. The ranks that are kept are `[0, keptCount)`. */
export class SampledDistribution {
  /** In the order in which the filters work, each with what the ones before it had left; those that cut nothing are missing. */
  readonly cuts: readonly DistributionCut[];
  readonly keptCount: number;
  readonly #tokens: RankedTokens;
  readonly #weights: TemperedWeights;

  constructor(tokens: RankedTokens, weights: TemperedWeights, keptCount: number, cuts: readonly DistributionCut[]) {
    this.#tokens = tokens;
    this.#weights = weights;
    this.keptCount = keptCount;
    this.cuts = cuts;
  }

  /** Tokens that may come at all, cut ones included. */
  get candidateCount(): number {
    return this.#tokens.ids.length;
  }

  /** Share of the probability after the temperature that all filters took away. */
  get cutMass(): number {
    return this.cuts.reduce((sum, { mass }) => sum + mass, 0);
  }

  /** Entropy of what is drawn from, in nats. */
  get entropy(): number {
    return this.#weights.entropyOfFirst(this.keptCount);
  }

  /** How many equally likely tokens would be as hard to guess: e to the entropy (the perplexity of one draw). */
  get effectiveChoices(): number {
    return Math.exp(this.entropy);
  }

  /** The tokens of a half-open range of ranks, clipped to what there is. */
  candidates(start: number, end: number): SampledCandidate[] {
    const found: SampledCandidate[] = [];
    for (let rank = start; rank < Math.min(end, this.candidateCount); rank++) {
      found.push({
        rank,
        id: this.#tokens.ids[rank]!,
        logProb: this.#tokens.logProbAt(rank),
        temperedProbability: this.#weights.probabilityAt(rank),
        probability: this.#weights.probabilityAmong(this.keptCount, rank),
        cutBy: this.cuts.find((cut) => rank >= cut.start && rank < cut.end)?.filter,
      });
    }
    return found;
  }
}
