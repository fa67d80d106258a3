import path from 'node:path';
import type { Clock } from '../core/clock.js';
import { GlassboxError } from '../core/errors.js';
import type { Log } from '../core/log.js';
import type { CallOptions, EngineContract, EngineMethod } from '../protocol/engineContract.js';
import { RpcClient } from '../protocol/rpcClient.js';
import type { EngineChild } from './engineChild.js';
import { explainExit } from './engineExit.js';
import { Heartbeat } from './heartbeat.js';
import type { SupervisorLimits } from './supervisorLimits.js';

/** How a session ended without anybody asking for it. */
export interface SessionEnd {
  /** `engine-crashed`, or `engine-unavailable` when starting again cannot help. */
  readonly error: GlassboxError;
  /** Models named by requests that the engine had not answered. */
  readonly modelFolders: readonly string[];
}

/** What a session works with. */
export interface SessionOptions {
  readonly generation: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: SupervisorLimits;
}

/** The model a request is about, as an absolute folder; undefined when it is about none. */
export function modelFolderOf(params: EngineContract[EngineMethod]['params']): string | undefined {
  return 'folder' in params && typeof params.folder === 'string' ? path.resolve(params.folder) : undefined;
}

/** A model is in memory once one of these was answered. */
const loadingMethods: readonly EngineMethod[] = [
  'models/load',
  'completion/generate',
  'completion/prefill',
  'tokens/score',
];

/**
 * One life of the engine's process. Requests and answers of one life never meet those of another: each has a connection
 * of its own, which closes with the process.
 */
export class EngineSession {
  readonly generation: number;
  readonly pid: number | undefined;
  /** Settles when the engine has answered for the first time; rejects with its error when it cannot serve. */
  readonly ready: Promise<void>;
  /** Settles when the process ended although {@link stop} was not called. */
  readonly crashed: Promise<SessionEnd>;
  readonly #child: EngineChild;
  readonly #client: RpcClient<EngineContract>;
  readonly #heartbeat: Heartbeat;
  /** Models of requests that were not answered: waiting, or abandoned by their caller since the last sign of life. */
  readonly #waitingFolders: string[] = [];
  readonly #abandonedFolders = new Set<string>();
  readonly #loadedFolders = new Set<string>();
  #isReady = false;
  #isStopped = false;
  #hang: GlassboxError | undefined;

  constructor(child: EngineChild, { generation, clock, log, limits }: SessionOptions) {
    this.generation = generation;
    this.pid = child.pid;
    this.#child = child;
    this.#client = new RpcClient<EngineContract>(child.transport, log);
    this.#heartbeat = new Heartbeat({
      clock,
      intervalMs: limits.heartbeatMs,
      limitMs: () => (this.#isLoading() ? limits.loadingHangMs : limits.hangMs),
      ping: () => this.#client.call('engine/state', {}).finally(() => this.#abandonedFolders.clear()),
      onHang: (silentMs) => this.#killHanging(silentMs),
    });
    this.crashed = new Promise((resolve) => {
      void child.exited.then((exit) => {
        if (!this.#isStopped) resolve(this.#end(this.#hang ?? explainExit(exit)));
      });
    });
    this.ready = this.call('engine/state', {}, {}).then(() => {
      this.#isReady = true;
    });
  }

  /** Settles like the engine's answer, or as {@link RpcClient} says when there is none. */
  async call<K extends EngineMethod>(
    method: K,
    params: EngineContract[K]['params'],
    options: CallOptions<K>,
  ): Promise<EngineContract[K]['result']> {
    const folder = modelFolderOf(params);
    if (folder !== undefined) this.#waitingFolders.push(folder);
    const endWork = this.#heartbeat.beginWork();
    try {
      const result = await this.#client.call(method, params, options);
      if (folder !== undefined && loadingMethods.includes(method)) this.#loadedFolders.add(folder);
      if (folder !== undefined && method === 'models/unload') this.#loadedFolders.delete(folder);
      return result;
    } catch (error) {
      if (folder !== undefined && options.signal?.aborted) this.#abandonedFolders.add(folder);
      throw error;
    } finally {
      endWork();
      if (folder !== undefined) this.#waitingFolders.splice(this.#waitingFolders.indexOf(folder), 1);
    }
  }

  /** Kills the process; requests without an answer are rejected with `error`. Settles when the process is gone. */
  async stop(error: GlassboxError): Promise<void> {
    this.#isStopped = true;
    this.#end(error);
    this.#child.kill();
    await this.#child.exited;
  }

  #end(error: GlassboxError): SessionEnd {
    const modelFolders = [...new Set([...this.#waitingFolders, ...this.#abandonedFolders])];
    this.#heartbeat.stop();
    this.#client.close(error);
    return { error, modelFolders };
  }

  #isLoading(): boolean {
    const inUse = [...this.#waitingFolders, ...this.#abandonedFolders];
    return !this.#isReady || inUse.some((folder) => !this.#loadedFolders.has(folder));
  }

  #killHanging(silentMs: number): void {
    const seconds = Math.round(silentMs / 1000);
    this.#hang = new GlassboxError('engine-crashed', `The engine did not respond for ${seconds} s and was ended.`, {
      action: 'It starts again by itself.',
    });
    this.#child.kill();
  }
}
