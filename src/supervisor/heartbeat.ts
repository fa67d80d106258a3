import type { Clock } from '../core/clock.js';

/** What {@link Heartbeat} works with. */
export interface HeartbeatOptions {
  readonly clock: Clock;
  readonly intervalMs: number;
  /** How long silence is tolerated now. */
  readonly limitMs: () => number;
  /** Settles when the engine's event loop got round to it, whichever way. */
  readonly ping: () => Promise<unknown>;
  readonly onHang: (silentMs: number) => void;
}

/**
 * Tells an engine that computes from one that hangs: between native calls its event loop turns and answers a ping. Beats
 * only while there is work, and until a ping sent after the last of it was answered, because a caller who cancelled has
 * gone while the call that hangs has not. Silence is counted in beats, not by the clock: when the host itself was stopped
 * (a laptop asleep), one late beat says nothing about the engine.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #cancelBeat: (() => void) | undefined;
  #isStopped = false;
  #hasWorkSincePing = false;
  #isPingOpen = false;
  #openWork = 0;
  #silentMs = 0;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  /** Watches from now until the returned function is called. */
  beginWork(): () => void {
    this.#openWork++;
    this.#hasWorkSincePing = true;
    if (this.#cancelBeat === undefined && !this.#isStopped) this.#scheduleBeat();
    let isOpen = true;
    return () => {
      if (isOpen) this.#openWork--;
      isOpen = false;
    };
  }

  /** Stops for good. */
  stop(): void {
    this.#isStopped = true;
    this.#cancelBeat?.();
  }

  #scheduleBeat(): void {
    this.#cancelBeat = this.#options.clock.schedule(() => this.#beat(), this.#options.intervalMs);
  }

  #beat(): void {
    if (this.#isPingOpen) {
      this.#silentMs += this.#options.intervalMs;
      if (this.#silentMs >= this.#options.limitMs()) {
        this.stop();
        this.#options.onHang(this.#silentMs);
        return;
      }
    } else if (this.#openWork > 0 || this.#hasWorkSincePing) {
      this.#sendPing();
    } else {
      this.#cancelBeat = undefined;
      return;
    }
    this.#scheduleBeat();
  }

  #sendPing(): void {
    this.#isPingOpen = true;
    this.#hasWorkSincePing = false;
    const answered = (): void => {
      this.#isPingOpen = false;
      this.#silentMs = 0;
    };
    this.#options.ping().then(answered, answered);
  }
}
