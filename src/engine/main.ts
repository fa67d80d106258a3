import { runEngineProcess } from './process/engineProcess.js';

// The import waits until the process has decided to run: it is what loads ONNX Runtime.
runEngineProcess(async (surroundings) => {
  const { createEngineHandlers } = await import('./engineHandlers.js');
  return createEngineHandlers(surroundings);
});
