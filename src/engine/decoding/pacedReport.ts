import type { Clock } from '../../core/clock.js';
import type { GenerationProgress } from '../../core/completion/generation.js';

/**
 * Least time between two messages. No screen shows more states than this, while a small model makes a token a
 * millisecond: a message for each of them cost a tenth of the generation, a quarter on a busy machine.
 */
export const reportIntervalMs = 8;

/**
 * Passes the first state on at once, then at most one in {@link reportIntervalMs}; slower models are heard token by token.
 * What is left out is contained in the next state, and in the result.
 */
export function pacedReport(
  report: (progress: GenerationProgress) => void,
  clock: Clock,
): (progress: GenerationProgress) => void {
  let lastMs = -Infinity;
  return (progress) => {
    const nowMs = clock.now();
    if (nowMs - lastMs < reportIntervalMs) return;
    lastMs = nowMs;
    report(progress);
  };
}
