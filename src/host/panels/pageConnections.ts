import { type PostMessagePort, portTransport } from '../../protocol/messagePort.js';
import { readEnvelope } from '../../protocol/panels/pagePort.js';
import type { RpcTransport } from '../../protocol/rpcContract.js';

/** What this class listens to and lets go of. */
interface Disposable {
  dispose(): void;
}

/**
 * Serves the pages that a panel shows one after the other, each over a connection of its own. When a new page speaks, or
 * the panel is hidden (its page is gone then), the connection before ends, and with it everything that still runs for it.
 */
export class PageConnections implements Disposable {
  readonly #port: PostMessagePort;
  readonly #serve: (transport: RpcTransport) => Disposable;
  readonly #subscription: Disposable;
  #page: string | undefined;
  #server: Disposable | undefined;
  #deliver: (message: unknown) => void = () => undefined;

  /** @param serve Answers over a transport until it is disposed of. */
  constructor(port: PostMessagePort, serve: (transport: RpcTransport) => Disposable) {
    this.#port = port;
    this.#serve = serve;
    this.#subscription = port.onMessage((data) => this.#receive(data));
  }

  /** Ends the connection; the page that had it is not answered any more, a new one is. */
  end(): void {
    this.#server?.dispose();
    this.#server = undefined;
    this.#deliver = () => undefined;
  }

  dispose(): void {
    this.end();
    this.#subscription.dispose();
  }

  #receive(data: unknown): void {
    const envelope = readEnvelope(data);
    if (envelope === undefined) return;
    if (envelope.page !== this.#page) this.#connect(envelope.page);
    this.#deliver(envelope.message);
  }

  #connect(page: string): void {
    this.end();
    this.#page = page;
    const transport = portTransport({
      postMessage: (message) => this.#port.postMessage({ page, message }),
      onMessage: (listener) => {
        this.#deliver = listener;
        return { dispose: () => undefined };
      },
    });
    this.#server = this.#serve(transport);
  }
}
