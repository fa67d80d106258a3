import { runEngineProcess } from '../../../src/engine/process/engineProcess.js';
import { createScriptedHandlers } from '../scriptedHandlers.js';

runEngineProcess(async () => createScriptedHandlers());
