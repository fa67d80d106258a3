import type { TimedGeneration } from '../../../src/cli/bench/contestant.js';

/**
 * Times of one generation.
 *
 * @param startMs when it was asked for.
 * @param tokenTimesMs when each token was there.
 */
export function timeGeneration(startMs: number, endMs: number, tokenTimesMs: readonly number[]): TimedGeneration {
  const [first = endMs] = tokenTimesMs;
  const steps = tokenTimesMs.length - 1;
  return {
    firstTokenMs: first - startMs,
    totalMs: endMs - startMs,
    stepMs: steps > 0 ? (tokenTimesMs.at(-1)! - first) / steps : undefined,
    tokenCount: tokenTimesMs.length,
  };
}
