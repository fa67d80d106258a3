import type { AnalysisTurn } from '../analysis/analysisTurn.js';

/** Reads given tokens after a prompt with keys and values of its own. */
export interface ContinuationReader {
  /**
   * Reads a continuation; of the prompt only what the one before did not begin with in the same way.
   *
   * @param visit called for each token of the continuation in order with the log-probabilities [vocabulary] that it came
   *   from, valid during the call only.
   * @returns how many tokens were given to the model.
   * @throws GlassboxError `context-too-long`, `cancelled` between runs.
   */
  readContinuation(
    prompt: readonly number[],
    continuation: readonly number[],
    visit: (index: number, row: Float32Array) => void,
    turn: AnalysisTurn,
  ): Promise<number>;
}
