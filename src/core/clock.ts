/** Time as a dependency, so that tests decide what time it is. */
export interface Clock {
  /** Milliseconds of a monotonic clock; only differences mean something. */
  now(): number;
  /** Calls `callback` once after `delayMs`; returns a function that cancels it. */
  schedule(callback: () => void, delayMs: number): () => void;
}

/** What every JavaScript environment offers under these names; `globalThis` satisfies it. */
export interface Timers<Handle> {
  readonly performance: { now(): number };
  setTimeout(callback: () => void, delayMs: number): Handle;
  clearTimeout(handle: Handle): void;
}

/** The real time: `systemClock(globalThis)` in a composition root. */
export function systemClock<Handle>(timers: Timers<Handle>): Clock {
  return {
    now: () => timers.performance.now(),
    schedule: (callback, delayMs) => {
      const handle = timers.setTimeout(callback, delayMs);
      return () => timers.clearTimeout(handle);
    },
  };
}
