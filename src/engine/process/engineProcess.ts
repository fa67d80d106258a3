import { writeSync } from 'node:fs';
import path from 'node:path';
import { IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { type Clock, systemClock } from '../../core/clock.js';
import type { Log } from '../../core/log.js';
import type { EngineHandlers } from '../../protocol/engineContract.js';
import { engineParamSchemas } from '../../protocol/engineParams.js';
import { RpcServer } from '../../protocol/rpcServer.js';
import { deferHandlers } from './deferredHandlers.js';
import { queueHandlers } from './queuedHandlers.js';
import { giveWayToEditor } from './schedulingPriority.js';
import { decideStart } from './startConditions.js';
import { stderrLog } from './stderrLog.js';
import { startWatchdog } from './watchdog.js';

/** What the handlers are given by their process. */
export interface EngineSurroundings {
  readonly log: Log;
  readonly clock: Clock;
}

/** Makes the handlers; the first moment at which native code may load. */
export type EngineHandlersFactory = (
  surroundings: EngineSurroundings,
) => Promise<EngineHandlers & { dispose(): Promise<void> }>;

/**
 * The whole life of the engine's process. Refuses to run with an exit code of `protocol/engineProcess.ts`; otherwise
 * answers the host until the host disconnects or dies. The watchdog's bundle must lie beside the bundle that runs.
 */
export function runEngineProcess(createHandlers: EngineHandlersFactory): void {
  const { env, argv } = process;
  const decision = decideStart({ env, argv, hasChannel: process.send !== undefined });
  if (decision.kind === 'refuse') {
    writeSync(process.stderr.fd, `${decision.message}\n`);
    process.exit(decision.exitCode);
  }
  process.title = 'glassbox-engine';
  startWatchdog(path.join(path.dirname(argv[1] ?? ''), 'watchdogWorker.cjs'), decision.hostPid);
  giveWayToEditor();
  // Ctrl-C in a terminal reaches the whole process group; whether the engine ends is for its host to say.
  process.on('SIGINT', () => undefined);

  const log = stderrLog(process.stderr);
  const clock = systemClock(globalThis);
  const ready = createHandlers({ log, clock });
  const transport = { reader: new IPCMessageReader(process), writer: new IPCMessageWriter(process) };
  const server = new RpcServer(transport, queueHandlers(deferHandlers(ready), clock), engineParamSchemas, log);

  process.on('disconnect', () => {
    server.dispose();
    const exit = (): never => process.exit(0);
    ready.then((handlers) => handlers.dispose()).then(exit, exit);
  });
}
