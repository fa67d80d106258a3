/**
 * Probabilities of ranked tokens at one temperature, with running sums, so that the mass and the entropy of any stretch
 * of ranks are a subtraction. Weights are relative to the likeliest token's, as in `chooseToken`: 1 at rank 0.
 */
export class TemperedWeights {
  readonly temperature: number;
  /** Tokens whose probability is above zero as a float; only the first one at temperature 0. */
  readonly possibleCount: number;
  readonly #logits: Float64Array;
  readonly #weights: Float64Array;
  /** Sum of the weights up to and including a rank. */
  readonly #sums: Float64Array;
  /** Sum of weight x ln(weight) up to and including a rank. */
  readonly #logSums: Float64Array;
  readonly #sumAsGiven: number;

  /**
   * @param logits by falling value, at least one
   * @param givenOrder ranks in the order in which the weights are added up for top-p, because the last bits of a sum
   *   depend on it
   */
  constructor(logits: Float64Array, givenOrder: Uint32Array, temperature: number) {
    const count = logits.length;
    this.temperature = temperature;
    this.#logits = logits;
    this.#weights = new Float64Array(count);
    this.#sums = new Float64Array(count);
    this.#logSums = new Float64Array(count);
    this.possibleCount = this.#fill();
    let sum = 0;
    for (let index = 0; index < count; index++) sum += this.#weights[givenOrder[index]!]!;
    this.#sumAsGiven = sum;
  }

  /** Probability of a rank when nothing is cut. */
  probabilityAt(rank: number): number {
    return this.#weights[rank]! / this.#sums.at(-1)!;
  }

  /** Probability of a rank when only the first `count` ranks are kept. */
  probabilityAmong(count: number, rank: number): number {
    return rank < count ? this.#weights[rank]! / this.#sums[count - 1]! : 0;
  }

  /** Share of all probability that the ranks of a half-open range have. */
  share(start: number, end: number): number {
    if (start >= end) return 0;
    const before = start === 0 ? 0 : this.#sums[start - 1]!;
    return (this.#sums[end - 1]! - before) / this.#sums.at(-1)!;
  }

  /** Entropy of the first `count` ranks, renormalised, in nats. */
  entropyOfFirst(count: number): number {
    const sum = this.#sums[count - 1]!;
    return Math.max(0, Math.log(sum) - this.#logSums[count - 1]! / sum);
  }

  /** How many of the first ranks it takes to reach `topP` of the first `topK`, or of all when undefined. */
  nucleusSize(topP: number, topK: number | undefined): number {
    const count = topK ?? this.#weights.length;
    const goal = topP * (topK === undefined ? this.#sumAsGiven : this.#sums[count - 1]!);
    return Math.min(count, firstWhere(count, (rank) => this.#sums[rank]! >= goal) + 1);
  }

  /** How many of the first ranks are at least `minP` times as likely as the first one. */
  countAtLeast(minP: number): number {
    return firstWhere(this.#weights.length, (rank) => this.#weights[rank]! < minP);
  }

  /** Returns how many weights are above zero. */
  #fill(): number {
    const [logits, weights, sums, logSums] = [this.#logits, this.#weights, this.#sums, this.#logSums];
    const possible = this.temperature > 0 ? logits.length : 1;
    let [sum, logSum, count] = [0, 0, 0];
    for (let rank = 0; rank < logits.length; rank++) {
      const exponent = rank < possible ? (logits[rank]! - logits[0]!) / (this.temperature || 1) : -Infinity;
      const weight = Math.exp(exponent);
      if (weight > 0) {
        weights[rank] = weight;
        sum += weight;
        logSum += weight * exponent;
        count++;
      }
      sums[rank] = sum;
      logSums[rank] = logSum;
    }
    return count;
  }
}

/** The first rank in `[0, count)` for which a condition holds that holds for all after it; `count` when there is none. */
function firstWhere(count: number, holds: (rank: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
