import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageReader,
  type MessageWriter,
} from 'vscode-jsonrpc';
import type { RpcTransport } from './rpcContract.js';

/** What `postMessage` ends have in common: webviews (both sides), workers, message channels. */
export interface PostMessagePort {
  postMessage(message: unknown): void;
  /** Calls `listener` with the data of each message that arrives. */
  onMessage(listener: (data: unknown) => void): Disposable;
}

class PortReader extends AbstractMessageReader implements MessageReader {
  constructor(private readonly port: PostMessagePort) {
    super();
  }

  listen(callback: DataCallback): Disposable {
    // The connection's guard decides which of the arriving values are messages; webviews receive others as well.
    return this.port.onMessage((data) => callback(data as Message));
  }
}

class PortWriter extends AbstractMessageWriter implements MessageWriter {
  constructor(private readonly port: PostMessagePort) {
    super();
  }

  async write(message: Message): Promise<void> {
    this.port.postMessage(message);
  }

  end(): void {
    this.fireClose();
  }
}

/** JSON-RPC over a `postMessage` pair. Works with structured clones as well as with JSON copies of the messages. */
export function portTransport(port: PostMessagePort): RpcTransport {
  return { reader: new PortReader(port), writer: new PortWriter(port) };
}
