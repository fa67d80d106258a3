import type { LevelEvidence } from './memoryEvidence.js';
import { mixingWeightIndex } from './mixingClasses.js';

/** What is left for shorter agreement when it is too little to matter. */
const negligible = 1e-4;

/**
 * The distribution of model and memory together: Jelinek-Mercer interpolation from the longest agreement down to the model,
 * each with the weight that such evidence has earned on held-out code.
 */
export class Mixture {
  /** Natural logarithms, [vocabulary]. */
  readonly logProbs: Float32Array;
  /** By token: the part of its probability that is memory's. */
  readonly #remembered = new Map<number, number>();

  /**
   * @param row the model's log-probabilities, [vocabulary].
   * @param evidence the strongest first.
   * @param weights by {@link mixingWeightIndex}.
   * @param kept a token whose probability stays the model's; undefined when there is none.
   */
  constructor(row: Float32Array, evidence: Iterable<LevelEvidence>, weights: ArrayLike<number>, kept?: number) {
    const keptProbability = kept === undefined ? 0 : Math.exp(row[kept] ?? -Infinity);
    const left = this.#collect(evidence, weights, confidenceOf(row), 1 - keptProbability);
    this.logProbs = lowered(row, Math.log(left));
    if (kept !== undefined) this.logProbs[kept] = row[kept]!;
    for (const [token, probability] of this.#remembered) {
      this.logProbs[token] = Math.log(probability + Math.exp(this.logProbs[token] ?? -Infinity));
    }
  }

  /** Tokens that memory speaks of; the model's order of all others is unchanged. */
  get rememberedTokens(): Iterable<number> {
    return this.#remembered.keys();
  }

  /** Share of a token's probability that is memory's, from 0 to 1. */
  shareOf(token: number): number {
    return (this.#remembered.get(token) ?? 0) / Math.exp(this.logProbs[token]!);
  }

  /** Notes memory's part of each token; returns the weight that is left for the model. */
  #collect(evidence: Iterable<LevelEvidence>, weights: ArrayLike<number>, confidence: number, mass: number): number {
    let left = 1;
    for (const piece of evidence) {
      const weight = weights[mixingWeightIndex(piece, confidence)]!;
      for (const [token, count] of piece.counts) {
        const part = (mass * left * weight * count) / piece.total;
        this.#remembered.set(token, (this.#remembered.get(token) ?? 0) + part);
      }
      left *= 1 - weight;
      if (left < negligible) break;
    }
    return left;
  }
}

/** The row less something; a loop, because it runs over the vocabulary at each step, and `map` takes several times as long. */
function lowered(row: Float32Array, by: number): Float32Array {
  const result = new Float32Array(row.length);
  for (let token = 0; token < row.length; token++) result[token] = row[token]! + by;
  return result;
}

function confidenceOf(row: Float32Array): number {
  let largest = -Infinity;
  for (let token = 0; token < row.length; token++) if (row[token]! > largest) largest = row[token]!;
  return Math.exp(largest);
}
