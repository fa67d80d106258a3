import { Emitter, type Event } from 'vscode-jsonrpc/node';
import type { Clock } from '../core/clock.js';
import { GlassboxError, throwIfAborted } from '../core/errors.js';
import { untilAborted } from '../core/flow/abortable.js';
import type { Log } from '../core/log.js';
import type { CallOptions, EngineClient, EngineContract, EngineMethod } from '../protocol/engineContract.js';
import { CrashLedger } from './crashLedger.js';
import type { EngineLauncher } from './engineChild.js';
import { EngineSession, modelFolderOf, type SessionEnd } from './engineSession.js';
import type { EngineStatus } from './engineStatus.js';
import { defaultSupervisorLimits, type SupervisorLimits } from './supervisorLimits.js';

/** What a {@link Supervisor} works with. */
export interface SupervisorOptions {
  readonly launch: EngineLauncher;
  readonly clock: Clock;
  readonly log: Log;
  /** What differs from {@link defaultSupervisorLimits}. */
  readonly limits?: Partial<SupervisorLimits>;
}

interface Waiter {
  readonly resolve: (session: EngineSession) => void;
  readonly reject: (error: GlassboxError) => void;
}

const restartAction = 'Restart it with the command "Glassbox: Restart Engine"; the log says what happened before.';

/**
 * Keeps the engine's process running: starts it with the first call, again after a crash with growing waits, and not any
 * more after too many. Calls made meanwhile wait; calls that were on their way when it crashed are rejected with
 * `engine-crashed`, because nobody knows how far they got. A model that was in use in two crashes is refused.
 */
export class Supervisor implements EngineClient {
  readonly #options: SupervisorOptions;
  readonly #limits: SupervisorLimits;
  readonly #ledger: CrashLedger;
  readonly #statusChanges = new Emitter<EngineStatus>();
  readonly #waiters = new Set<Waiter>();
  #status: EngineStatus = { kind: 'stopped' };
  #session: EngineSession | undefined;
  #cancelRetry = (): void => undefined;
  #generation = 0;
  #isDisposed = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#limits = { ...defaultSupervisorLimits, ...options.limits };
    this.#ledger = new CrashLedger(this.#limits);
  }

  get status(): EngineStatus {
    return this.#status;
  }

  get onDidChangeStatus(): Event<EngineStatus> {
    return this.#statusChanges.event;
  }

  /** Models that were in use when the engine crashed, too often to be tried again before {@link restart}. */
  get quarantinedModels(): readonly string[] {
    return this.#ledger.quarantinedFolders;
  }

  /**
   * See {@link EngineClient.call}.
   *
   * @throws GlassboxError also `engine-crashed`, `engine-unavailable`, `engine-stopped`, `model-quarantined`
   */
  async call<K extends EngineMethod>(
    method: K,
    params: EngineContract[K]['params'],
    options: CallOptions<K> = {},
  ): Promise<EngineContract[K]['result']> {
    throwIfAborted(options.signal);
    this.#refuseQuarantined(params);
    const session = await this.#readySession(options.signal);
    this.#refuseQuarantined(params);
    return session.call(method, params, options);
  }

  /**
   * Starts the engine afresh, also when it is down, and gives quarantined models another chance.
   *
   * @throws GlassboxError why it does not start
   */
  async restart(): Promise<void> {
    this.#ledger.clear();
    this.#cancelRetry();
    const session = this.#session;
    this.#session = undefined;
    const stopped = session?.stop(new GlassboxError('engine-stopped', 'The engine was restarted.'));
    this.#setStatus({ kind: 'stopped' });
    await stopped;
    await this.#readySession(undefined);
  }

  /** Ends the engine for good. Settles when its process is gone. */
  async dispose(): Promise<void> {
    const session = this.#session;
    this.#isDisposed = true;
    this.#session = undefined;
    this.#cancelRetry();
    this.#setStatus({ kind: 'stopped' });
    this.#rejectWaiters(disposed());
    this.#statusChanges.dispose();
    await session?.stop(disposed());
  }

  #refuseQuarantined(params: EngineContract[EngineMethod]['params']): void {
    const folder = modelFolderOf(params);
    if (folder === undefined || !this.#ledger.isQuarantined(folder)) return;
    throw new GlassboxError(
      'model-quarantined',
      `The engine crashed repeatedly while it used the model in ${folder}.`,
      {
        action: 'Choose another model, or try this one again with the command "Glassbox: Restart Engine".',
      },
    );
  }

  async #readySession(signal: AbortSignal | undefined): Promise<EngineSession> {
    if (this.#isDisposed) throw disposed();
    if (this.#status.kind === 'down') throw this.#status.error;
    if (this.#status.kind === 'ready' && this.#session !== undefined) return this.#session;
    let waiter: Waiter | undefined;
    const started = new Promise<EngineSession>((resolve, reject) => {
      waiter = { resolve, reject };
      this.#waiters.add(waiter);
    });
    if (this.#status.kind === 'stopped') this.#start();
    try {
      return await (signal === undefined ? started : untilAborted(started, signal));
    } finally {
      if (waiter !== undefined) this.#waiters.delete(waiter);
    }
  }

  #start(): void {
    const { launch, clock, log } = this.#options;
    const generation = ++this.#generation;
    this.#setStatus({ kind: 'starting', generation });
    try {
      this.#session = new EngineSession(launch(), {
        generation,
        clock,
        log,
        limits: this.#limits,
        onReady: (session) => this.#onReady(session),
        onUnable: (session, error) => this.#onUnable(session, error),
        onCrash: (session, end) => this.#onCrash(session, end),
      });
    } catch (error) {
      this.#giveUp(GlassboxError.from(error, 'engine-unavailable'));
    }
  }

  #onReady(session: EngineSession): void {
    if (session !== this.#session) return;
    this.#setStatus({ kind: 'ready', generation: session.generation, pid: session.pid });
    for (const waiter of [...this.#waiters]) waiter.resolve(session);
  }

  #onUnable(session: EngineSession, error: GlassboxError): void {
    if (session !== this.#session) return;
    this.#session = undefined;
    void session.stop(error);
    this.#giveUp(error);
  }

  #onCrash(session: EngineSession, { error, modelFolders }: SessionEnd): void {
    if (session !== this.#session) return;
    this.#session = undefined;
    this.#options.log.error(error.message);
    if (error.code === 'engine-unavailable') {
      this.#giveUp(error);
      return;
    }
    const verdict = this.#ledger.record(this.#options.clock.now(), modelFolders);
    if (verdict.kind === 'stay-down') {
      const minutes = Math.round(this.#limits.crashWindowMs / 60_000);
      const message = `The engine stopped ${verdict.crashCount} times within ${minutes} minutes and stays off.`;
      this.#giveUp(new GlassboxError('engine-unavailable', message, { action: restartAction, cause: error }));
      return;
    }
    const { delayMs, crashCount } = verdict;
    this.#setStatus({ kind: 'backoff', error, retryInMs: delayMs, crashCount });
    this.#cancelRetry = this.#options.clock.schedule(() => this.#start(), delayMs);
  }

  #giveUp(error: GlassboxError): void {
    this.#options.log.error(error.sentence);
    this.#setStatus({ kind: 'down', error });
    this.#rejectWaiters(error);
  }

  #rejectWaiters(error: GlassboxError): void {
    for (const waiter of [...this.#waiters]) waiter.reject(error);
  }

  #setStatus(status: EngineStatus): void {
    this.#status = status;
    if (!this.#isDisposed || status.kind === 'stopped') this.#statusChanges.fire(status);
  }
}

function disposed(): GlassboxError {
  return new GlassboxError('engine-stopped', 'The engine was shut down.');
}
