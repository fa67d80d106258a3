import {
  finestResults,
  type Occlusion,
  type OcclusionProgress,
  type OcclusionResult,
} from '../../core/explain/occlusion.js';
import type { ExplainableSuggestion } from '../../core/explain/suggestionHistory.js';
import type { WhyOcclusion } from '../../protocol/panels/whySuggestionContract.js';
import { describeChange, type DocumentView } from './whyView.js';

/** What leaving out has given so far. */
export class Measured {
  readonly #isContrast: boolean;
  readonly #results = new Map<string, OcclusionResult>();
  #kind: WhyOcclusion['kind'] = 'none';
  #message = '';
  #doneRuns = 0;
  #totalRuns = 0;
  #readTokenCount = 0;
  #isGrouped = false;

  /** @param isContrast True when the change of a comparison is meant. */
  constructor(isContrast: boolean) {
    this.#isContrast = isContrast;
  }

  start(): void {
    this.#kind = 'running';
  }

  add({ results, doneRuns, totalRuns }: OcclusionProgress): void {
    this.#keep(results);
    this.#doneRuns = doneRuns;
    this.#totalRuns = totalRuns;
  }

  finish({ results, runCount, readTokenCount, isGrouped }: Occlusion): void {
    this.#keep(results);
    this.#kind = 'done';
    this.#doneRuns = runCount;
    this.#totalRuns = runCount;
    this.#readTokenCount = readTokenCount;
    this.#isGrouped = isGrouped;
  }

  /** Ends what runs; nothing happens when nothing does. */
  stop(): void {
    if (this.#kind === 'running') this.#kind = 'stopped';
  }

  /** @param message What went wrong, in the user's language. */
  fail(message: string): void {
    this.#kind = 'failed';
    this.#message = message;
  }

  /** As the page shows it. */
  describe(subject: ExplainableSuggestion, document: DocumentView | undefined): WhyOcclusion {
    return {
      kind: this.#kind,
      message: this.#message,
      changes: finestResults([...this.#results.values()]).map(({ unit, change, contrastChange }) =>
        describeChange(unit, this.#isContrast ? (contrastChange ?? 0) : change, subject, document),
      ),
      doneRuns: this.#doneRuns,
      totalRuns: this.#totalRuns,
      readTokenCount: this.#readTokenCount,
      isGrouped: this.#isGrouped,
    };
  }

  /** A group comes a second time when its lines were measured too. */
  #keep(results: readonly OcclusionResult[]): void {
    for (const result of results) {
      const { part, start, end } = result.unit;
      this.#results.set(`${part} ${start} ${end}`, result);
    }
  }
}
