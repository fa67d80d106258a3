import * as v from 'valibot';
import { type CancellationToken, createMessageConnection, type MessageConnection, ProgressType } from 'vscode-jsonrpc';
import { GlassboxError } from '../core/errors.js';
import type { Log } from '../core/log.js';
import { connectionLogger } from './connectionLogger.js';
import { GuardedReader } from './guardedReader.js';
import type { RpcContract, RpcHandlers, RpcParamSchemas, RpcTransport } from './rpcContract.js';
import { toResponseError } from './wireError.js';
import { type WireRequest, wireRequestSchema, wireRequestType } from './wireFormat.js';

/**
 * The answering side of a contract. Every request is answered: with the handler's result, with the GlassboxError it
 * threw (anything else becomes `internal`), with `bad-request` for parameters that the schema refuses. When the
 * connection ends, the signal of every running handler aborts.
 */
export class RpcServer<C extends RpcContract<C>> {
  readonly #connection: MessageConnection;
  readonly #running = new Set<AbortController>();
  readonly #handlers: RpcHandlers<C>;
  readonly #schemas: RpcParamSchemas<C>;

  constructor(transport: RpcTransport, handlers: RpcHandlers<C>, schemas: RpcParamSchemas<C>, log: Log) {
    this.#handlers = handlers;
    this.#schemas = schemas;
    this.#connection = createMessageConnection(
      new GuardedReader(transport.reader, log),
      transport.writer,
      connectionLogger(log),
    );
    for (const method of Object.keys(schemas) as (keyof C & string)[]) {
      this.#connection.onRequest(wireRequestType(method), (request, token) => this.#answer(method, request, token));
    }
    this.#connection.onClose(() => this.#abortAll());
    this.#connection.listen();
  }

  /** Aborts what runs and answers nothing any more. */
  dispose(): void {
    this.#abortAll();
    this.#connection.dispose();
  }

  async #answer(method: keyof C & string, request: WireRequest, token: CancellationToken): Promise<unknown> {
    const controller = new AbortController();
    this.#running.add(controller);
    const subscription = token.onCancellationRequested(() => controller.abort());
    try {
      // A token that was cancelled while the request waited fires its event only later.
      if (token.isCancellationRequested) throw new GlassboxError('cancelled', 'The request was cancelled.');
      const envelope = decode(wireRequestSchema, request, method);
      const params = decode(this.#schemas[method], envelope.params, method);
      return await this.#handlers[method](params, {
        signal: controller.signal,
        report: this.#reporter(envelope.progressToken, controller.signal),
      });
    } catch (error) {
      return toResponseError(error);
    } finally {
      subscription.dispose();
      this.#running.delete(controller);
    }
  }

  #reporter(progressToken: number | null, signal: AbortSignal): (progress: unknown) => void {
    if (progressToken === null) return () => undefined;
    const type = new ProgressType<unknown>();
    return (progress) => {
      if (signal.aborted) return;
      // A progress message that cannot be written is lost; the answer itself then fails in the same way and is reported.
      this.#connection.sendProgress(type, progressToken, progress).catch(() => undefined);
    };
  }

  #abortAll(): void {
    for (const controller of this.#running) controller.abort();
  }
}

function decode<T>(schema: v.GenericSchema<unknown, T>, input: unknown, method: string): T {
  const parsed = v.safeParse(schema, input, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const place = v.getDotPath(issue) ?? 'parameters';
  throw new GlassboxError('bad-request', `${method}: ${place}: ${issue.message}`);
}
