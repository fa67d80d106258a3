import type { Clock } from '../../../src/core/clock.js';

/** Goes through the steps of a replay, by hand or by itself. */
export class ReplayPlayer {
  readonly #clock: Clock;
  readonly #onDidChange: () => void;
  #position = 0;
  #length = 0;
  #cancel: (() => void) | undefined;
  #stepsPerSecond: number;

  /** @param onDidChange Called after the position, or whether it plays, changed. */
  constructor(clock: Clock, stepsPerSecond: number, onDidChange: () => void) {
    this.#clock = clock;
    this.#stepsPerSecond = stepsPerSecond;
    this.#onDidChange = onDidChange;
  }

  /** Index of the step that is shown. */
  get position(): number {
    return this.#position;
  }

  get length(): number {
    return this.#length;
  }

  get isPlaying(): boolean {
    return this.#cancel !== undefined;
  }

  set stepsPerSecond(value: number) {
    this.#stepsPerSecond = value;
  }

  /** Begins a replay of that many steps at its first one. */
  load(length: number): void {
    this.#stop();
    this.#length = length;
    this.#position = 0;
    this.#onDidChange();
  }

  /** Goes to a step and stays there. */
  goTo(position: number): void {
    this.#stop();
    this.#move(position);
  }

  /** Plays to the end, from the beginning when it is there already. */
  play(): void {
    if (this.isPlaying || this.#length < 2) return;
    if (this.#position >= this.#length - 1) this.#position = 0;
    this.#schedule();
    this.#onDidChange();
  }

  pause(): void {
    this.#stop();
    this.#onDidChange();
  }

  #schedule(): void {
    this.#cancel = this.#clock.schedule(() => {
      this.#cancel = undefined;
      if (this.#position + 1 < this.#length - 1) this.#schedule();
      this.#move(this.#position + 1);
    }, 1000 / this.#stepsPerSecond);
  }

  #move(position: number): void {
    this.#position = Math.min(Math.max(position, 0), Math.max(0, this.#length - 1));
    this.#onDidChange();
  }

  #stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
