// Installs the runtime layer that connections need.
import 'vscode-jsonrpc/node';
import type { MessagePort, Worker } from 'node:worker_threads';
import type { PostMessagePort } from '../../protocol/messagePort.js';

/** One end of the channel between the engine's thread and a worker, as the protocol takes it. */
export function workerPort(end: Worker | MessagePort): PostMessagePort {
  return {
    postMessage: (message) => end.postMessage(message),
    onMessage: (listener) => {
      end.on('message', listener);
      return { dispose: () => void end.off('message', listener) };
    },
  };
}
