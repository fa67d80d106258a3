import { systemClock } from '../../src/core/clock.js';
import { forkedEngine } from '../../src/supervisor/forkedEngine.js';
import { Supervisor } from '../../src/supervisor/supervisor.js';
import { generationParams } from './generationParams.js';
import { silentLog } from './silentLog.js';

// `completeForSeconds ENTRY MODEL SECONDS`: completes again and again, as for somebody who types; prints how often.
const [entry = '', model = '', seconds = '0'] = process.argv.slice(2);
const pauseMs = 200;
const clock = systemClock(globalThis);
const supervisor = new Supervisor({ launch: forkedEngine({ entry, clock, log: silentLog }), clock, log: silentLog });

async function run(): Promise<void> {
  const endMs = clock.now() + Number(seconds) * 1000;
  let count = 0;
  while (clock.now() < endMs) {
    await supervisor.call('completion/generate', generationParams(model, `const value${count} = `, 8));
    count++;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  await supervisor.dispose();
  process.stdout.write(`${count}\n`);
}

void run();
