import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { type PostMessagePort, portTransport } from '../../src/protocol/messagePort.js';
import type { RpcTransport } from '../../src/protocol/rpcContract.js';

/** Two connected transports, and what cuts the connection between them. */
export interface TransportPair {
  readonly client: RpcTransport;
  readonly server: RpcTransport;
  /** Sends a value that did not come from the protocol to the given side. */
  readonly inject: (side: 'client' | 'server', value: unknown) => void;
  readonly close: () => void;
}

/**
 * A message channel: with `structured-clone` as between workers, with `json` as between an extension and its webview.
 */
export function portTransportPair(copying: 'structured-clone' | 'json'): TransportPair {
  const { port1, port2 } = new MessageChannel();
  const copy = copying === 'json' ? (value: unknown): unknown => JSON.parse(JSON.stringify(value)) : (v: unknown) => v;
  return {
    client: portTransport(postMessagePort(port1, copy)),
    server: portTransport(postMessagePort(port2, copy)),
    inject: (side, value) => (side === 'client' ? port2 : port1).postMessage(value),
    close: () => port1.close(),
  };
}

function postMessagePort(port: MessagePort, copy: (value: unknown) => unknown): PostMessagePort {
  return {
    postMessage: (message) => port.postMessage(copy(message)),
    onMessage: (listener) => {
      port.on('message', listener);
      return { dispose: () => port.off('message', listener) };
    },
  };
}
