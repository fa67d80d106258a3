import { runEngineProcess } from '../../../src/engine/process/engineProcess.js';

runEngineProcess(async () => process.exit(1));
