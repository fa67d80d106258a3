import path from 'node:path';
import { runEngineProcess } from './process/engineProcess.js';
import { TokenizerThread } from './tokenizers/tokenizerThread.js';

// The import waits until the process has decided to run: it is what loads ONNX Runtime.
runEngineProcess(async (surroundings) => {
  const { createEngineHandlers } = await import('./engineHandlers.js');
  const workerFile = path.join(path.dirname(process.argv[1] ?? ''), 'tokenizerWorker.cjs');
  const tokenizers = new TokenizerThread({ ...surroundings, workerFile });
  return createEngineHandlers({ ...surroundings, tokenizers });
});
