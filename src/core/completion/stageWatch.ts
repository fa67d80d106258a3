import type { Clock } from '../clock.js';
import type { StageTimings } from './completionOutcome.js';

/** A stage of one request that is timed; the total is taken separately. */
export type Stage = Exclude<keyof StageTimings, 'totalMs'>;

/** Times the stages of one request, which follow one another. */
export class StageWatch {
  readonly #clock: Clock;
  readonly #startMs: number;
  readonly #stages: Record<Stage, number> = { gateMs: 0, delayMs: 0, promptMs: 0, engineMs: 0, postProcessMs: 0 };
  #lapMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startMs = clock.now();
    this.#lapMs = this.#startMs;
  }

  /** Adds the time since the last lap to `stage`. */
  lap(stage: Stage): void {
    const nowMs = this.#clock.now();
    this.#stages[stage] += nowMs - this.#lapMs;
    this.#lapMs = nowMs;
  }

  timings(): StageTimings {
    return { ...this.#stages, totalMs: this.#clock.now() - this.#startMs };
  }
}
