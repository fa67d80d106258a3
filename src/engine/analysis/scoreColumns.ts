import { mostLikely } from '../../core/sampling/mostLikely.js';

/** What the model thinks of each token of a stretch of text; see `ScoredTokens` for the meaning of the columns. */
export class ScoreColumns {
  readonly logProbs: Float32Array;
  readonly ranks: Uint32Array;
  readonly entropies: Float32Array;
  readonly topIds: Uint32Array;
  readonly topLogProbs: Float32Array;

  /** All columns say that the model was not asked. */
  constructor(
    readonly length: number,
    readonly topCount: number,
  ) {
    this.logProbs = new Float32Array(length).fill(NaN);
    this.ranks = new Uint32Array(length);
    this.entropies = new Float32Array(length).fill(NaN);
    this.topIds = new Uint32Array(length * topCount);
    this.topLogProbs = new Float32Array(length * topCount).fill(-Infinity);
  }

  /** Takes over entries `[from, to)` of other columns, `from` becoming `place` here. */
  copy(place: number, other: ScoreColumns, from: number, to: number): void {
    this.logProbs.set(other.logProbs.subarray(from, to), place);
    this.ranks.set(other.ranks.subarray(from, to), place);
    this.entropies.set(other.entropies.subarray(from, to), place);
    const { topCount } = this;
    this.topIds.set(other.topIds.subarray(from * topCount, to * topCount), place * topCount);
    this.topLogProbs.set(other.topLogProbs.subarray(from * topCount, to * topCount), place * topCount);
  }

  /** Describes token `id` by the distribution that it came from, `row` [vocabulary] of log-probabilities. */
  describe(place: number, id: number, row: Float32Array): void {
    const actual = row[id] ?? -Infinity;
    let rank = 1;
    let entropy = 0;
    for (let other = 0; other < row.length; other++) {
      const logProb = row[other]!;
      if (logProb > actual || (logProb === actual && other < id)) rank++;
      if (logProb > negligible) entropy -= Math.exp(logProb) * logProb;
    }
    this.logProbs[place] = actual;
    this.ranks[place] = rank;
    this.entropies[place] = entropy;
    const top = mostLikely(row, this.topCount);
    for (let index = 0; index < top.length; index++) {
      this.topIds[place * this.topCount + index] = top[index]!;
      this.topLogProbs[place * this.topCount + index] = row[top[index]!]!;
    }
  }
}

/** Log-probability below which a token adds less than a millionth to an entropy, even a hundred thousand of them. */
const negligible = -30;
