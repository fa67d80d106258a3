import 'vscode-jsonrpc/browser';
import type { Log } from '../../src/core/log.js';
import { type PostMessagePort, portTransport } from '../../src/protocol/messagePort.js';
import { pagePort } from '../../src/protocol/panels/pagePort.js';
import type { RpcContract } from '../../src/protocol/rpcContract.js';
import { RpcClient } from '../../src/protocol/rpcClient.js';
import { applyPageStyles } from './pageStyles.js';
import type { StateStore } from './persistedState.js';

/** What a panel's page has: somebody to ask, and a place to remember. */
export interface Page<C extends RpcContract<C>> {
  readonly client: RpcClient<C>;
  readonly store: StateStore;
}

/**
 * Opens the page's connection to the host. Called once, by a panel's `main.ts`: it takes the editor's API object, which
 * exists once and goes nowhere else.
 */
export function openPage<C extends RpcContract<C>>(): Page<C> {
  const api = acquireVsCodeApi();
  const port: PostMessagePort = {
    postMessage: (message) => api.postMessage(message),
    onMessage: (listener) => {
      const receive = (event: MessageEvent<unknown>): void => listener(event.data);
      window.addEventListener('message', receive);
      return { dispose: () => window.removeEventListener('message', receive) };
    },
  };
  applyPageStyles(document);
  const client = new RpcClient<C>(portTransport(pagePort(port, crypto.randomUUID())), unheard);
  return { client, store: { read: () => api.getState(), write: (state) => void api.setState(state) } };
}

/** A page has no log; the host logs what matters on its side. */
const unheard: Log = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
