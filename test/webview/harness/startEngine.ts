import { systemClock } from '../../../src/core/clock.js';
import { forkedEngine } from '../../../src/supervisor/forkedEngine.js';
import { Supervisor } from '../../../src/supervisor/supervisor.js';
import { builtEngine } from '../../support/engineProcess.js';
import { silentLog } from '../../support/silentLog.js';

/** The real engine for all tests of a file. */
export function startEngine(): Supervisor {
  const clock = systemClock(globalThis);
  return new Supervisor({
    launch: forkedEngine({ entry: builtEngine(), clock, log: silentLog }),
    clock,
    log: silentLog,
  });
}
