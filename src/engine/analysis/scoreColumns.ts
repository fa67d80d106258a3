import type { WindowColumns } from './knownWindows.js';
import type { RowSummary } from './rowStatistics.js';

/** What the model thinks of each token of a stretch of text; see `ScoredTokens` for the meaning of the columns. */
export class ScoreColumns implements WindowColumns<ScoreColumns> {
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

  copy(place: number, other: ScoreColumns, from: number, to: number): void {
    this.logProbs.set(other.logProbs.subarray(from, to), place);
    this.ranks.set(other.ranks.subarray(from, to), place);
    this.entropies.set(other.entropies.subarray(from, to), place);
    const { topCount } = this;
    this.topIds.set(other.topIds.subarray(from * topCount, to * topCount), place * topCount);
    this.topLogProbs.set(other.topLogProbs.subarray(from * topCount, to * topCount), place * topCount);
  }

  /** Fills the entries of tokens that follow each other, the first of them at `place`. */
  fill(place: number, { logProbs, likelier, entropies, topIds, topLogProbs }: RowSummary): void {
    this.logProbs.set(logProbs, place);
    this.ranks.set(
      likelier.map((count) => count + 1),
      place,
    );
    this.entropies.set(entropies, place);
    this.topIds.set(topIds, place * this.topCount);
    this.topLogProbs.set(topLogProbs, place * this.topCount);
  }
}
