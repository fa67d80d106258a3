import { engineParamSchemas } from '../../src/protocol/engineParams.js';
import { RpcServer } from '../../src/protocol/rpcServer.js';
import type { EngineContract, EngineHandlers } from '../../src/protocol/engineContract.js';
import type { EngineChild, EngineExit } from '../../src/supervisor/engineChild.js';
import { portTransportPair } from './portTransports.js';
import { silentLog } from './silentLog.js';

/** An engine in the test's own process: it serves over a message channel and ends when the test says so. */
export class FakeEngineChild implements EngineChild {
  readonly pid = 4711;
  readonly #pair = portTransportPair('structured-clone');
  readonly #server: RpcServer<EngineContract>;
  #listener: ((exit: EngineExit) => void) | undefined;
  #killCount = 0;

  constructor(handlers: EngineHandlers) {
    this.#server = new RpcServer(this.#pair.server, handlers, engineParamSchemas, silentLog);
  }

  get transport(): EngineChild['transport'] {
    return this.#pair.client;
  }

  /** How often the supervisor killed it. */
  get killCount(): number {
    return this.#killCount;
  }

  onExit(listener: (exit: EngineExit) => void): void {
    this.#listener = listener;
  }

  /** Ends as a process does, except that what it still answers goes on travelling: the worst case of a late answer. */
  exit(exitCode: number | null, signal: string | null): void {
    const listener = this.#listener;
    this.#listener = undefined;
    listener?.({ exitCode, signal, startError: undefined });
  }

  kill(): void {
    this.#killCount++;
    this.exit(null, 'SIGKILL');
  }

  dispose(): void {
    this.#server.dispose();
    this.#pair.close();
  }
}
