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
  /**
   * Calls `listener` once, within milliseconds of the process's end and before the transport reports that it closed.
   * Not called for a process that had ended before the listener was registered.
   */
  onExit(listener: (exit: EngineExit) => void): void;
  /** Ends it at once, whatever it does; without effect when it has ended. */
  kill(): void;
}

/**
 * Starts an engine process.
 *
 * @throws GlassboxError `engine-unavailable` when trying again cannot help
 */
export type EngineLauncher = () => EngineChild;
