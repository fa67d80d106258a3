import { readFileSync } from 'node:fs';
import path from 'node:path';
import { systemClock } from '../core/clock.js';
import { forkedEngine } from '../supervisor/forkedEngine.js';
import { Supervisor } from '../supervisor/supervisor.js';
import type { CliServices } from './cliServices.js';
import { silentLog } from './complete/pipelineDefaults.js';
import { createProcessTerminal } from './processTerminal.js';

/** The services of this process, and how to end them. */
export interface NodeServices {
  readonly services: CliServices;
  /** True once the reader of standard output has gone away. */
  readonly isOutputClosed: () => boolean;
  /** Ends the engine. */
  readonly dispose: () => Promise<void>;
}

/**
 * Builds what the commands need from Node and this process's streams. Ctrl-C, or nobody reading the output any more,
 * aborts what is under way.
 *
 * @param root Absolute folder of the installed package: its manifest, `dist` and `models`.
 */
export function createNodeServices(root: string): NodeServices {
  const controller = new AbortController();
  const clock = systemClock(globalThis);
  const launch = forkedEngine({ entry: path.join(root, 'dist/engine.cjs'), clock, log: silentLog });
  const startEngine = (): Supervisor => new Supervisor({ launch, clock, log: silentLog });
  const engine = startEngine();
  let isOutputClosed = false;
  const stop = (): void => {
    controller.abort();
    // A command that waits for input does not look at the signal.
    process.stdin.destroy();
  };
  process.once('SIGINT', stop);
  const terminal = createProcessTerminal(process, () => {
    isOutputClosed = true;
    stop();
  });
  return {
    services: {
      terminal,
      engine,
      startEngine,
      clock,
      bundledModelsFolder: path.join(root, 'models'),
      version: readVersion(root),
      signal: controller.signal,
    },
    isOutputClosed: () => isOutputClosed,
    dispose: () => engine.dispose(),
  };
}

function readVersion(root: string): string {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  return version;
}
