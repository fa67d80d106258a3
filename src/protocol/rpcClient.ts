import {
  CancellationTokenSource,
  createMessageConnection,
  type Disposable,
  type MessageConnection,
  ProgressType,
} from 'vscode-jsonrpc';
import { GlassboxError } from '../core/errors.js';
import type { Log } from '../core/log.js';
import { connectionLogger } from './connectionLogger.js';
import { GuardedReader } from './guardedReader.js';
import type { RpcCallOptions, RpcContract, RpcTransport } from './rpcContract.js';
import { fromResponseError } from './wireError.js';
import { wireRequestType } from './wireFormat.js';

/**
 * The asking side of a contract. Every call settles: with the answer, with the handler's error, with `cancelled` as soon
 * as its signal aborts, or with the error given to {@link RpcClient.close} when the connection ends first.
 */
export class RpcClient<C extends RpcContract<C>> {
  readonly #connection: MessageConnection;
  readonly #rejectPending = new Set<(error: GlassboxError) => void>();
  #closedWith: GlassboxError | undefined;
  #progressTokens = 0;

  constructor(transport: RpcTransport, log: Log) {
    this.#connection = createMessageConnection(
      new GuardedReader(transport.reader, log),
      transport.writer,
      connectionLogger(log),
    );
    this.#connection.onClose(() => {
      this.close(new GlassboxError('engine-stopped', 'The connection was closed by the other side.'));
    });
    this.#connection.listen();
  }

  /** Calls that have not settled. */
  get pendingCount(): number {
    return this.#rejectPending.size;
  }

  /** @throws GlassboxError as the class comment says. Progress never arrives after the call settled. */
  call<K extends keyof C & string>(
    method: K,
    params: C[K]['params'],
    options: RpcCallOptions<C[K]['progress']> = {},
  ): Promise<C[K]['result']> {
    const { signal, onProgress } = options;
    if (this.#closedWith !== undefined) return Promise.reject(this.#closedWith);
    if (signal?.aborted) return Promise.reject(cancelledByCaller());
    const progressToken = onProgress === undefined ? null : ++this.#progressTokens;
    const cancellation = new CancellationTokenSource();
    const progress = this.#listenToProgress(progressToken, onProgress);
    return new Promise((resolve, reject) => {
      const fail = (error: GlassboxError): void => settle(() => reject(error));
      const abort = (): void => {
        fail(cancelledByCaller());
        cancellation.cancel();
      };
      const settle = (deliver: () => void): void => {
        if (!this.#rejectPending.delete(fail)) return;
        signal?.removeEventListener('abort', abort);
        progress?.dispose();
        deliver();
      };
      this.#rejectPending.add(fail);
      signal?.addEventListener('abort', abort, { once: true });
      this.#connection.sendRequest(wireRequestType(method), { params, progressToken }, cancellation.token).then(
        (result) => settle(() => resolve(result)),
        (error: unknown) => fail(fromResponseError(error)),
      );
    });
  }

  /** Ends the connection: pending and later calls are rejected with `error`. Later calls of this method do nothing. */
  close(error: GlassboxError): void {
    if (this.#closedWith !== undefined) return;
    this.#closedWith = error;
    for (const reject of [...this.#rejectPending]) reject(error);
    this.#connection.dispose();
  }

  #listenToProgress(token: number | null, onProgress?: (progress: never) => void): Disposable | undefined {
    if (token === null || onProgress === undefined) return undefined;
    return this.#connection.onProgress(new ProgressType<never>(), token, onProgress);
  }
}

function cancelledByCaller(): GlassboxError {
  return new GlassboxError('cancelled', 'The request was cancelled.');
}
