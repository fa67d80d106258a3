import { systemClock } from '../../src/core/clock.js';
import { forkedEngine } from '../../src/supervisor/forkedEngine.js';
import { Supervisor } from '../../src/supervisor/supervisor.js';
import { generationParams } from './generationParams.js';
import { silentLog } from './silentLog.js';

// A host to be killed: `engineHost ENTRY LINE` starts the engine, prints its process id, then lets it do what LINE says
// (see `scriptedHandlers.ts`) and waits.
const [entry = '', line = 'steps'] = process.argv.slice(2);
const clock = systemClock(globalThis);
const supervisor = new Supervisor({ launch: forkedEngine({ entry, clock, log: silentLog }), clock, log: silentLog });

async function run(): Promise<void> {
  const { pid } = await supervisor.call('engine/state', {});
  process.stdout.write(`${pid}\n`);
  await supervisor.call('completion/generate', generationParams('any', line, 8192));
}

void run();
