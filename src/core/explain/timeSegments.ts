import type { CompletionSource, StageTimings } from '../completion/completionOutcome.js';
import type { GenerationTimings } from '../completion/generation.js';

/** What time went into, in the order in which it happens. */
export const timeStages = [
  'gate',
  'prompt',
  'delay',
  'queue',
  'load',
  'tokenize',
  'prefill',
  'decode',
  'engine-rest',
  'post-process',
  'rest',
] as const;

/** One of {@link timeStages}. `engine-rest`: the way to the engine and back, and drawing alternatives; `rest`: what is in no stage. */
export type TimeStage = (typeof timeStages)[number];

/** A stage that took time. */
export interface TimeSegment {
  readonly stage: TimeStage;
  readonly ms: number;
}

/**
 * Where the time of an answer went; the segments add up to its total. What the engine did is divided only where the answer
 * waited for all of it: from the cache nothing was waited for, and of a generation that ran already only the end.
 */
export function timeSegments(
  timings: StageTimings,
  source: CompletionSource,
  generation: GenerationTimings | undefined,
): readonly TimeSegment[] {
  const engine: Partial<Record<TimeStage, number>> =
    source === 'model' && generation !== undefined ? engineStages(generation) : {};
  const inEngine = Object.values(engine).reduce((sum, ms) => sum + ms, 0);
  const stages: Partial<Record<TimeStage, number>> = {
    gate: timings.gateMs,
    prompt: timings.promptMs,
    delay: timings.delayMs,
    ...engine,
    'engine-rest': timings.engineMs - inEngine,
    'post-process': timings.postProcessMs,
  };
  const known = Object.values(stages).reduce((sum, ms) => sum + Math.max(0, ms), 0);
  stages.rest = timings.totalMs - known;
  return timeStages.map((stage) => ({ stage, ms: stages[stage] ?? 0 })).filter(({ ms }) => ms > 0);
}

/** Where the engine's time went. */
export function engineSegments(generation: GenerationTimings): readonly TimeSegment[] {
  const stages: Partial<Record<TimeStage, number>> = engineStages(generation);
  return timeStages.map((stage) => ({ stage, ms: stages[stage] ?? 0 })).filter(({ ms }) => ms > 0);
}

function engineStages({
  queueMs,
  loadMs,
  tokenizeMs,
  prefillMs,
  decodeMs,
}: GenerationTimings): Record<'queue' | 'load' | 'tokenize' | 'prefill' | 'decode', number> {
  return { queue: queueMs, load: loadMs, tokenize: tokenizeMs, prefill: prefillMs, decode: decodeMs };
}
