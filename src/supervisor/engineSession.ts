import path from 'node:path';
import type { Clock } from '../core/clock.js';
import { GlassboxError, throwIfAborted } from '../core/errors.js';
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
  /** The engine answered for the first time. */
  readonly onReady: (session: EngineSession) => void;
  /** The process runs but answered that it cannot serve: no native library for this machine, for instance. */
  readonly onUnable: (session: EngineSession, error: GlassboxError) => void;
  /** The process ended although nobody called {@link EngineSession.stop}; called before any request is rejected. */
  readonly onCrash: (session: EngineSession, end: SessionEnd) => void;
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
  'tokens/encode',
  'scores/score',
  'scores/compare',
  'nextTokens/predict',
  'explain/suggestion',
  'explain/occlude',
];

/**
 * One life of the engine's process. Requests and answers of one life never meet those of another: each has a connection
 * of its own, which closes with the process.
 */
export class EngineSession {
  readonly generation: number;
  readonly pid: number | undefined;
  readonly #child: EngineChild;
  readonly #client: RpcClient<EngineContract>;
  readonly #heartbeat: Heartbeat;
  /** Models of requests that were not answered: waiting, or abandoned by their caller since the last sign of life. */
  readonly #waitingFolders: string[] = [];
  readonly #abandonedFolders = new Set<string>();
  readonly #loadedFolders = new Set<string>();
  readonly #exited: Promise<void>;
  #isReady = false;
  #isEnded = false;
  #hang: GlassboxError | undefined;

  constructor(child: EngineChild, options: SessionOptions) {
    const { clock, log, limits } = options;
    this.generation = options.generation;
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
    this.#exited = new Promise((resolve) => {
      child.onExit((exit) => {
        resolve();
        const error = this.#hang ?? explainExit(exit);
        const end = { error, modelFolders: this.#foldersInUse() };
        if (!this.#isEnded) options.onCrash(this, end);
        this.#end(error);
      });
    });
    this.#greet(options);
  }

  /** Settles like the engine's answer, or as {@link RpcClient} says when there is none. */
  async call<K extends EngineMethod>(
    method: K,
    params: EngineContract[K]['params'],
    options: CallOptions<K>,
  ): Promise<EngineContract[K]['result']> {
    throwIfAborted(options.signal);
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
    this.#end(error);
    this.#child.kill();
    await this.#exited;
  }

  #greet({ onReady, onUnable }: SessionOptions): void {
    this.call('engine/state', {}, {}).then(
      () => {
        this.#isReady = true;
        onReady(this);
      },
      (error: unknown) => {
        if (!this.#isEnded) onUnable(this, GlassboxError.from(error));
      },
    );
  }

  #end(error: GlassboxError): void {
    this.#isEnded = true;
    this.#heartbeat.stop();
    this.#client.close(error);
  }

  #foldersInUse(): readonly string[] {
    return [...new Set([...this.#waitingFolders, ...this.#abandonedFolders])];
  }

  #isLoading(): boolean {
    return !this.#isReady || this.#foldersInUse().some((folder) => !this.#loadedFolders.has(folder));
  }

  #killHanging(silentMs: number): void {
    const seconds = Math.round(silentMs / 1000);
    this.#hang = new GlassboxError('engine-crashed', `The engine did not respond for ${seconds} s and was ended.`, {
      action: 'It starts again by itself.',
    });
    this.#child.kill();
  }
}
