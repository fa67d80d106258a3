import { runEngineProcess } from '../../../src/engine/process/engineProcess.js';

// What Node says on a machine whose C library is too old, or where the binary for the platform is missing.
runEngineProcess(async () => {
  throw new Error("libonnxruntime.so.1: version `GLIBC_2.28' not found\nRequire stack:\n- engine.cjs");
});
