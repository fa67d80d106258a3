// Runs in a worker thread of the engine. Whatever a tokenizer file makes a regular expression, a parser or a template do,
// the engine's own thread goes on answering, and ends this one at the deadline.
import { parentPort } from 'node:worker_threads';
import { portTransport } from '../../protocol/messagePort.js';
import { RpcServer } from '../../protocol/rpcServer.js';
import { tokenizersParamSchemas } from '../../protocol/tokenizersParams.js';
import { stderrLog } from '../process/stderrLog.js';
import { createTokenizerHandlers } from './tokenizerHandlers.js';
import { workerPort } from './workerPort.js';

if (parentPort !== null) {
  const transport = portTransport(workerPort(parentPort));
  new RpcServer(transport, createTokenizerHandlers(), tokenizersParamSchemas, stderrLog(process.stderr));
}
