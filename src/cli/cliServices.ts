import type { Clock } from '../core/clock.js';
import type { EngineClient } from '../protocol/engineContract.js';
import type { Terminal } from './terminal.js';

/** What every command works with; the composition root builds it. */
export interface CliServices {
  readonly terminal: Terminal;
  /** Starts its process on the first call. */
  readonly engine: EngineClient;
  readonly clock: Clock;
  /** Absolute folder of the models that ship with Glassbox. */
  readonly bundledModelsFolder: string;
  readonly version: string;
  /** Aborts on Ctrl-C and when nobody reads the output any more. */
  readonly signal: AbortSignal;
}
