import type { Clock } from '../../core/clock.js';
import { GlassboxError } from '../../core/errors.js';

/** How a request waits for the one place in which models compute. */
export interface LaneRequest<Result> {
  /** Names the sort of request in messages, and counts against `maxWaiting`. */
  readonly kind: string;
  /** The smallest goes first; among equals the oldest. */
  readonly precedence: number;
  /** Waiting requests of one slot replace each other: the newest stays. Undefined: waits beside all others. */
  readonly slot: string | undefined;
  /** At most this many of its kind wait. */
  readonly maxWaiting: number;
  /** True when a running request of this sort is aborted for one that precedes it. */
  readonly yields: boolean;
  /** True when it may run while a request with a larger precedence pauses; see {@link LaneTurn.giveWay}. */
  readonly interjects: boolean;
  /** Does the work; aborts when the caller cancels or when it must yield. */
  readonly run: (signal: AbortSignal, turn: LaneTurn) => Promise<Result>;
}

/** A running request's place in the lane. */
export interface LaneTurn {
  /** Time spent waiting. */
  readonly waitedMs: number;
  /**
   * Called by long work where it can pause: runs the waiting requests that interject and precede it, and resolves when
   * there are none left. Resolves at once when there are none.
   */
  readonly giveWay: () => Promise<void>;
}

interface Waiting {
  readonly request: Omit<LaneRequest<unknown>, 'run' | 'maxWaiting'>;
  readonly start: () => Promise<void>;
  readonly refuse: (error: GlassboxError) => void;
}

interface Running {
  readonly request: Waiting['request'];
  readonly controller: AbortController;
}

/**
 * A bounded queue in front of one running request. Every request that enters settles exactly once: a waiting one as soon
 * as it is cancelled or replaced, a running one when its work does.
 */
export class RequestLane {
  readonly #clock: Clock;
  #waiting: Waiting[] = [];
  #running: Running | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Requests that have not been started. */
  get waitingCount(): number {
    return this.#waiting.length;
  }

  /**
   * Runs the request when its turn comes.
   *
   * @throws GlassboxError `cancelled` when the signal aborts or a newer request of the slot arrives while it waits;
   *   `engine-busy` when too many of its kind wait; whatever `run` throws.
   */
  submit<Result>(request: LaneRequest<Result>, signal: AbortSignal): Promise<Result> {
    if (signal.aborted) return Promise.reject(cancelled('The request was cancelled.'));
    this.#replaceOlder(request.slot);
    if (this.#waiting.filter((other) => other.request.kind === request.kind).length >= request.maxWaiting) {
      return Promise.reject(busy(request));
    }
    const enteredMs = this.#clock.now();
    return new Promise<Result>((resolve, reject) => {
      const cancel = (): void => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        reject(cancelled('The request was cancelled.'));
      };
      const waiting: Waiting = {
        request,
        start: async () => {
          signal.removeEventListener('abort', cancel);
          await this.#run(request, signal, this.#clock.now() - enteredMs).then(resolve, reject);
        },
        refuse: (error) => {
          signal.removeEventListener('abort', cancel);
          reject(error);
        },
      };
      signal.addEventListener('abort', cancel, { once: true });
      this.#waiting.push(waiting);
      this.#makeWay(request.precedence);
      this.#startNext();
    });
  }

  #replaceOlder(slot: string | undefined): void {
    if (slot === undefined) return;
    const older = this.#waiting.filter(({ request }) => request.slot === slot);
    this.#waiting = this.#waiting.filter((waiting) => !older.includes(waiting));
    for (const waiting of older) waiting.refuse(cancelled('A newer request took its place.'));
  }

  #makeWay(precedence: number): void {
    const running = this.#running;
    if (running?.request.yields && precedence < running.request.precedence) running.controller.abort();
  }

  #startNext(): void {
    if (this.#running === undefined) void this.#takeFirst(this.#waiting)?.start();
  }

  /** Takes the one whose turn it is out of the queue. */
  #takeFirst([first, ...others]: readonly Waiting[]): Waiting | undefined {
    if (first === undefined) return undefined;
    const next = others.reduce((best, other) => {
      return other.request.precedence < best.request.precedence ? other : best;
    }, first);
    this.#waiting = this.#waiting.filter((waiting) => waiting !== next);
    return next;
  }

  /** Runs what may interject, with the paused request's place kept. */
  async #interject(paused: Running): Promise<void> {
    for (;;) {
      const { precedence } = paused.request;
      const next = this.#takeFirst(
        this.#waiting.filter(({ request }) => request.interjects && request.precedence < precedence),
      );
      if (next === undefined) return;
      await next.start();
    }
  }

  async #run<Result>(request: LaneRequest<Result>, signal: AbortSignal, waitedMs: number): Promise<Result> {
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    signal.addEventListener('abort', abort, { once: true });
    const paused = this.#running;
    const running = { request, controller };
    this.#running = running;
    try {
      return await request.run(controller.signal, { waitedMs, giveWay: () => this.#interject(running) });
    } finally {
      signal.removeEventListener('abort', abort);
      this.#running = paused;
      this.#startNext();
    }
  }
}

function cancelled(message: string): GlassboxError {
  return new GlassboxError('cancelled', message);
}

function busy({ kind, maxWaiting }: { readonly kind: string; readonly maxWaiting: number }): GlassboxError {
  return new GlassboxError('engine-busy', `${maxWaiting} requests of the kind ${kind} are waiting already.`, {
    action: 'Wait until the engine has answered some of them.',
  });
}
