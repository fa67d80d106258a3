import type { DataCallback, Disposable, Event, MessageReader, PartialMessageInfo } from 'vscode-jsonrpc';
import type { Log } from '../core/log.js';
import { isWireMessage } from './wireFormat.js';

/** Lets through only messages that vscode-jsonrpc can handle; the rest is logged by its kind, never by its content. */
export class GuardedReader implements MessageReader {
  readonly onError: Event<Error>;
  readonly onClose: Event<void>;
  readonly onPartialMessage: Event<PartialMessageInfo>;
  readonly #inner: MessageReader;
  readonly #log: Log;

  constructor(inner: MessageReader, log: Log) {
    this.#inner = inner;
    this.#log = log;
    this.onError = inner.onError;
    this.onClose = inner.onClose;
    this.onPartialMessage = inner.onPartialMessage;
  }

  listen(callback: DataCallback): Disposable {
    return this.#inner.listen((message: unknown) => {
      if (isWireMessage(message)) callback(message);
      else this.#log.warn(`Dropped a ${typeof message} that is no JSON-RPC message.`);
    });
  }

  dispose(): void {
    this.#inner.dispose();
  }
}
