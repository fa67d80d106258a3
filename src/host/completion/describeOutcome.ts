import type { CompletionOutcome, StageTimings } from '../../core/completion/completionOutcome.js';

/** One line for the log: how a request ended and what took how long. Holds no text of the user. */
export function describeOutcome(outcome: CompletionOutcome, totalMs: number): string {
  switch (outcome.kind) {
    case 'shown': {
      const tokens = outcome.candidates[0]?.generation?.tokens.length;
      const from = tokens === undefined ? outcome.source : `${outcome.source}, ${tokens} tokens`;
      return `shown ${outcome.candidates.length} from ${from}; ${describeTimings(outcome.timings)}`;
    }
    case 'skipped':
      return `skipped, ${outcome.reason}; ${milliseconds(totalMs)}`;
    case 'cancelled':
      return `cancelled; ${milliseconds(totalMs)}`;
    case 'failed':
      return `failed, ${outcome.error.code}: ${outcome.error.message}; ${milliseconds(totalMs)}`;
  }
}

/** The stages of a request in the order in which they happen. */
export function describeTimings(timings: StageTimings): string {
  const { gateMs, delayMs, promptMs, engineMs, postProcessMs, totalMs } = timings;
  const stages = { gate: gateMs, delay: delayMs, prompt: promptMs, engine: engineMs, 'post-process': postProcessMs };
  const parts = Object.entries(stages).map(([name, ms]) => `${name} ${milliseconds(ms)}`);
  return `${milliseconds(totalMs)} (${parts.join(', ')})`;
}

/** Milliseconds for people: one digit after the point below 10. */
export function milliseconds(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
}
