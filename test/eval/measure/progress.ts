import type { Clock } from '../../../src/core/clock.js';

/** How often progress is told. */
const intervalMs = 10_000;

/** Says every few seconds how far it is, and how long the rest takes at the present speed. */
export class Progress {
  readonly #clock: Clock;
  readonly #tell: (line: string) => void;
  #label = '';
  #start = { atMs: 0, done: 0 };
  #toldMs = 0;

  constructor(clock: Clock, tell: (line: string) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** One more task is done. */
  note(label: string, done: number, total: number): void {
    const nowMs = this.#clock.now();
    if (label !== this.#label) {
      this.#label = label;
      this.#start = { atMs: nowMs, done };
    }
    if (nowMs - this.#toldMs < intervalMs && done < total) return;
    this.#toldMs = nowMs;
    const perTaskMs = (nowMs - this.#start.atMs) / Math.max(1, done - this.#start.done);
    this.#tell(`${label}: ${done} of ${total}, ${Math.round((perTaskMs * (total - done)) / 1000)} s to go`);
  }
}
