import type { RpcTransport } from '../protocol/rpcContract.js';

/** How a child process ended. */
export interface EngineExit {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Why it could not be started at all, when that is what happened. */
  readonly startError: NodeJS.ErrnoException | undefined;
}

/** A started engine process, as the supervisor sees it. */
export interface EngineChild {
  readonly pid: number | undefined;
  readonly transport: RpcTransport;
  /** Settles once, within milliseconds of the process's end; never rejects. */
  readonly exited: Promise<EngineExit>;
  /** Ends it at once, whatever it does; without effect when it has ended. */
  kill(): void;
}

/**
 * Starts an engine process.
 *
 * @throws GlassboxError `engine-unavailable` when trying again cannot help
 */
export type EngineLauncher = () => EngineChild;
