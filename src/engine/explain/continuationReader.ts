import type { AnalysisTurn } from '../analysis/analysisTurn.js';
import type { DecoderSession } from '../decoding/decoderSession.js';

/**
 * Reads given tokens after prompts with keys and values of its own, which go when it goes: an explanation is asked once,
 * and nobody comes back to its prompts.
 */
export class ContinuationReader {
  readonly #decoder: DecoderSession;
  readonly #signal: AbortSignal;

  /** @param decoder the decoder of completions; its cache is left alone. */
  constructor(decoder: DecoderSession, { signal, giveWay }: AnalysisTurn) {
    this.#decoder = decoder.sibling(giveWay);
    this.#signal = signal;
  }

  /**
   * Reads a continuation; of the prompt only what the one before did not begin with in the same way.
   *
   * @param prompt at least one token.
   * @param visit called for each token of the continuation in order with the log-probabilities [vocabulary] that it came
   *   from, valid during the call only.
   * @returns how many tokens were given to the model.
   * @throws GlassboxError `context-too-long`, `cancelled` between runs.
   */
  async read(
    prompt: readonly number[],
    continuation: readonly number[],
    visit: (index: number, row: Float32Array) => void,
  ): Promise<number> {
    if (continuation.length === 0) return 0;
    const tokens = [...prompt, ...continuation.slice(0, -1)];
    const firstRow = prompt.length - 1;
    const reusedTokenCount = await this.#decoder.readRows(
      { tokens, firstRow, reusable: firstRow },
      ({ first, count, vocabularySize, logProbs }) => {
        for (let row = 0; row < count; row++) {
          const start = row * vocabularySize;
          visit(first + row - firstRow, logProbs.subarray(start, start + vocabularySize));
        }
        return true;
      },
      this.#signal,
    );
    return tokens.length - reusedTokenCount;
  }
}
