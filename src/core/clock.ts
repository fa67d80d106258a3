/** Time as a dependency, so that tests decide what time it is. */
export interface Clock {
  /** Milliseconds of a monotonic clock; only differences mean something. */
  now(): number;
  /** Calls `callback` once after `delayMs`; returns a function that cancels it. */
  schedule(callback: () => void, delayMs: number): () => void;
}
