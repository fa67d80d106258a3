import type { Clock } from '../core/clock.js';
import type { EngineClient } from '../protocol/engineContract.js';
import type { Terminal } from './terminal.js';

/** An engine of one's own, in a process of its own. */
export interface OwnedEngine extends EngineClient {
  /** Ends the process. */
  dispose(): Promise<void>;
}

/** What every command works with; the composition root builds it. */
export interface CliServices {
  readonly terminal: Terminal;
  /** Starts its process on the first call. */
  readonly engine: EngineClient;
  /** A second engine beside `engine`, for measuring starts. */
  readonly startEngine: () => OwnedEngine;
  readonly clock: Clock;
  /** Absolute folder of the models that ship with Glassbox. */
  readonly bundledModelsFolder: string;
  readonly version: string;
  /** Aborts on Ctrl-C and when nobody reads the output any more. */
  readonly signal: AbortSignal;
}
