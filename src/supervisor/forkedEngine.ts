import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import type { Clock } from '../core/clock.js';
import { GlassboxError } from '../core/errors.js';
import type { Log } from '../core/log.js';
import { hostPidArgument } from '../protocol/engineProcess.js';
import type { EngineExit, EngineLauncher } from './engineChild.js';
import { engineEnvironment } from './engineEnvironment.js';
import { EngineOutput } from './engineOutput.js';

/** JavaScript's heap in the engine; tensors and weights live outside it. */
const maxHeapMegabytes = 768;

/** Where the engine is, and with what it runs. */
export interface ForkedEngineOptions {
  /** Absolute path of the engine's bundle (`engine.cjs`). */
  readonly entry: string;
  readonly clock: Clock;
  /** Receives what the engine logs and whatever else it writes. */
  readonly log: Log;
  /** The program that runs it; by default the one that runs the host: VS Code's own, or Node. */
  readonly execPath?: string;
  /** The host's environment, by default this process's; only a few names of it reach the engine. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Starts the engine as a child process of this one. */
export function forkedEngine({ entry, clock, log, execPath, env }: ForkedEngineOptions): EngineLauncher {
  return () => {
    if (!existsSync(entry)) {
      throw new GlassboxError('engine-unavailable', `The engine's program is missing: ${entry}`, {
        action: 'Install Glassbox again, or run "npm run build" in its source folder.',
      });
    }
    const child = fork(entry, [`${hostPidArgument}${process.pid}`], {
      env: engineEnvironment(env ?? process.env),
      execArgv: [`--max-old-space-size=${maxHeapMegabytes}`],
      // Structured clones keep lone surrogates and cost less than JSON.
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      ...(execPath === undefined ? {} : { execPath }),
    });
    const output = new EngineOutput(clock, log);
    forward(child.stdout, output);
    forward(child.stderr, output);
    return {
      pid: child.pid,
      transport: { reader: new IPCMessageReader(child), writer: new IPCMessageWriter(child) },
      onExit: (listener) => listenToExit(child, listener),
      kill: () => child.kill('SIGKILL'),
    };
  };
}

function forward(stream: Readable | null, output: EngineOutput): void {
  stream?.setEncoding('utf8');
  stream?.on('data', (chunk: string) => output.append(chunk));
}

function listenToExit(child: ChildProcess, listener: (exit: EngineExit) => void): void {
  child.once('exit', (exitCode, signal) => listener({ exitCode, signal, startError: undefined }));
  child.on('error', (error) => {
    // Also emitted when a message or a signal cannot be delivered; only without a process was it the start.
    if (child.pid === undefined) listener({ exitCode: null, signal: null, startError: error });
  });
}
