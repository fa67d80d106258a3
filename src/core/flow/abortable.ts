import type { Clock } from '../clock.js';
import { GlassboxError, throwIfAborted } from '../errors.js';

/**
 * Settles like `promise`, or rejects with `cancelled` as soon as the signal aborts. The promise itself goes on.
 * @throws GlassboxError `cancelled`
 */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => {
      reject(new GlassboxError('cancelled', 'The request was cancelled.'));
    };
    if (signal.aborted) {
      onAbort();
      promise.catch(() => undefined);
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', onAbort);
    });
  });
}

/**
 * Waits on the given clock; no wait at all when `delayMs` is 0 or less.
 * @throws GlassboxError `cancelled` as soon as the signal aborts
 */
export async function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  throwIfAborted(signal);
  if (delayMs <= 0) return;
  let cancelTimer = (): void => undefined;
  const elapsed = new Promise<void>((resolve) => {
    cancelTimer = clock.schedule(resolve, delayMs);
  });
  try {
    await untilAborted(elapsed, signal);
  } finally {
    cancelTimer();
  }
}
