import type { Clock } from '../../core/clock.js';

const minuteMs = 60_000;

/** Completion paused for some minutes, in this window. */
export class Snooze {
  private until = 0;
  private cancelTick: (() => void) | undefined;

  /** `onDidChange` is called when the pause starts, when a minute of it has passed, and when it ends. */
  constructor(
    private readonly clock: Clock,
    private readonly onDidChange: () => void,
  ) {}

  /** Until when, in `Clock.now()` milliseconds; 0 when completion is not paused. */
  get untilMs(): number {
    return this.clock.now() < this.until ? this.until : 0;
  }

  /** Minutes left, rounded up; 0 when completion is not paused. */
  get remainingMinutes(): number {
    return this.untilMs === 0 ? 0 : Math.ceil((this.until - this.clock.now()) / minuteMs);
  }

  /** Pauses from now on; a pause that runs is replaced. */
  start(minutes: number): void {
    this.until = this.clock.now() + minutes * minuteMs;
    this.tick();
  }

  /** Ends the pause now. */
  end(): void {
    this.until = 0;
    this.tick();
  }

  /** Stops the timer; nothing is reported any more. */
  dispose(): void {
    this.cancelTick?.();
    this.cancelTick = undefined;
  }

  private tick(): void {
    this.dispose();
    const leftMs = this.until - this.clock.now();
    if (leftMs > 0) {
      const toNextMinute = leftMs % minuteMs || minuteMs;
      this.cancelTick = this.clock.schedule(() => this.tick(), toNextMinute);
    }
    this.onDidChange();
  }
}
