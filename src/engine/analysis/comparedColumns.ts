import type { WindowColumns } from './knownWindows.js';
import { ScoreColumns } from './scoreColumns.js';

/** What two models that read the same tokens think of each token of a stretch of text. */
export class ComparedColumns implements WindowColumns<ComparedColumns> {
  readonly own: ScoreColumns;
  readonly other: ScoreColumns;
  /** KL divergence of the other model's distribution from the own one, in nats; NaN where they were not asked. */
  readonly divergences: Float32Array;

  /** All columns say that the models were not asked. */
  constructor(
    readonly length: number,
    readonly topCount: number,
  ) {
    this.own = new ScoreColumns(length, topCount);
    this.other = new ScoreColumns(length, topCount);
    this.divergences = new Float32Array(length).fill(NaN);
  }

  copy(place: number, other: ComparedColumns, from: number, to: number): void {
    this.own.copy(place, other.own, from, to);
    this.other.copy(place, other.other, from, to);
    this.divergences.set(other.divergences.subarray(from, to), place);
  }
}
