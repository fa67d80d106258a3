import { GlassboxError, throwIfAborted } from '../../core/errors.js';
import type { RpcHandlerContext } from '../../protocol/rpcContract.js';

/** Calls `listener` after each change until it is disposed of. */
export type Subscribe = (listener: () => void) => { dispose(): unknown };

/**
 * How the host announces something to a page: the page asks once, and the request stays open, reporting a complete
 * snapshot now and after each change, until the page cancels it or is gone. Snapshots are complete because a hidden page
 * misses them; it asks again when it is back.
 *
 * @throws GlassboxError `cancelled` in the end, or what `snapshot` throws.
 */
export function followUntilAborted<Snapshot>(
  { signal, report }: RpcHandlerContext<Snapshot>,
  snapshot: () => Snapshot,
  subscribe: Subscribe,
): Promise<never> {
  return new Promise((_resolve, reject) => {
    throwIfAborted(signal);
    const subscription = subscribe(() => announce());
    const end = (reason: unknown): void => {
      subscription.dispose();
      signal.removeEventListener('abort', abort);
      reject(GlassboxError.from(reason));
    };
    const abort = (): void => end(new GlassboxError('cancelled', 'The request was cancelled.'));
    const announce = (): void => {
      try {
        report(snapshot());
      } catch (error) {
        end(error);
      }
    };
    signal.addEventListener('abort', abort, { once: true });
    announce();
  });
}
