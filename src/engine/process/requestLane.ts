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
  /** Does the work; aborts when the caller cancels or when it must yield. `waitedMs` is the time spent waiting. */
  readonly run: (signal: AbortSignal, waitedMs: number) => Promise<Result>;
}

interface Waiting {
  readonly request: Pick<LaneRequest<unknown>, 'kind' | 'precedence' | 'slot' | 'yields'>;
  readonly start: () => Promise<void>;
  readonly refuse: (error: GlassboxError) => void;
}

/**
 * A bounded queue in front of one running request. Every request that enters settles exactly once: a waiting one as soon
 * as it is cancelled or replaced, a running one when its work does.
 */
export class RequestLane {
  readonly #clock: Clock;
  #waiting: Waiting[] = [];
  #running: { readonly request: Waiting['request']; readonly controller: AbortController } | undefined;

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
    if (this.#running !== undefined) return;
    const [first, ...others] = this.#waiting;
    if (first === undefined) return;
    const next = others.reduce((best, other) => {
      return other.request.precedence < best.request.precedence ? other : best;
    }, first);
    this.#waiting = this.#waiting.filter((waiting) => waiting !== next);
    void next.start();
  }

  async #run<Result>(request: LaneRequest<Result>, signal: AbortSignal, waitedMs: number): Promise<Result> {
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    signal.addEventListener('abort', abort, { once: true });
    this.#running = { request, controller };
    try {
      return await request.run(controller.signal, waitedMs);
    } finally {
      signal.removeEventListener('abort', abort);
      this.#running = undefined;
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
