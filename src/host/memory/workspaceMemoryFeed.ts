import { createHash } from 'node:crypto';
import type { Clock } from '../../core/clock.js';
import type { GenerationRequest } from '../../core/completion/generation.js';
import { GlassboxError, throwIfAborted } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import { feedingLimits, feedingOrder, type FeedingLimits } from '../../core/memory/feedingPlan.js';
import { nearestFirst } from '../../core/memory/nearestFiles.js';
import { inBatches, rememberedText } from '../../core/memory/rememberedText.js';
import type { EngineClient } from '../../protocol/engineContract.js';
import type { MemoryState, RememberedFile } from '../../protocol/memoryContract.js';
import type { EngineStatus } from '../../supervisor/engineStatus.js';
import type { CodeFile, CodeSource } from './codeSource.js';
import { FedModel } from './fedModel.js';
import { filesAtOnce, measuredFiles } from './measuredFiles.js';

/** What the feed works with. */
export interface MemoryFeedDeps {
  readonly engine: EngineClient;
  readonly engineStatus: () => EngineStatus;
  readonly source: CodeSource;
  readonly clock: Clock;
  readonly log: Log;
  /** Called after the engine was told of files. */
  readonly onRemembered: () => void;
  /** Own limits in tests. */
  readonly limits?: FeedingLimits;
}

/** A generation that the model has answered. */
export interface AnsweredGeneration {
  /** Of the model. */
  readonly folder: string;
  readonly request: Pick<GenerationRequest, 'memory' | 'prompt'>;
}

/** A file with what is sent of it, and the hash of that. */
interface ReadFile extends RememberedFile {
  readonly key: string;
  readonly hash: string;
}

/** Editors and version control write several files at a time. Own choices. */
const settleMs = 300;
const listSettleMs = 2_000;

/**
 * Lets the model that completes remember the code of the workspace. It begins after the first answer of a model that was asked
 * with this memory, in the background, and starts neither the engine nor a model by itself. From then on it follows what
 * changes. What a model no longer knows, because it or the engine ended, is sent again after its next answer.
 */
export class WorkspaceMemoryFeed {
  private model: FedModel | undefined;
  private busy: Promise<void> | undefined;
  private lastFailure: string | undefined;
  private readonly timers = new Map<number, () => void>();
  private readonly disposal = new AbortController();

  constructor(private readonly deps: MemoryFeedDeps) {}

  /** To be called after every answer of a model. */
  answered({ folder, request }: AnsweredGeneration): void {
    const status = this.deps.engineStatus();
    if (request.memory !== 'workspace' || status.kind !== 'ready') return;
    if (this.model?.folder !== folder || this.model.generation !== status.generation) {
      this.model = new FedModel(folder, status.generation);
    }
    this.model.near = request.prompt.path;
    this.model.isPaused = false;
    this.model.mustCheck = this.model.files.size > 0;
    this.work();
  }

  /** To be called when the text of a file may have changed. */
  fileChanged(key: string): void {
    if (this.model?.files.has(key) !== true) return;
    this.model.changed.add(key);
    this.workAfter(settleMs);
  }

  /** To be called when a file is no longer written in; what comes next may go on like it, so that nothing is waited for. */
  fileLeft(key: string): void {
    if (this.model?.files.has(key) !== true) return;
    this.model.changed.add(key);
    this.work();
  }

  /** To be called when files may have come or gone. */
  listChanged(): void {
    if (this.model === undefined) return;
    this.model.mustList = true;
    this.workAfter(listSettleMs);
  }

  /** True when files below this address were remembered. */
  knowsBelow(key: string): boolean {
    return this.model !== undefined && [...this.model.files.keys()].some((known) => known.startsWith(`${key}/`));
  }

  /** Resolves when there is nothing to do. */
  async settled(): Promise<void> {
    await this.busy;
  }

  /** To be called when it was changed what is to be remembered. */
  settingsChanged(): void {
    if (this.model === undefined) return;
    this.model.mustList = true;
    this.work();
  }

  dispose(): void {
    this.disposal.abort();
    for (const cancel of this.timers.values()) cancel();
    this.model = undefined;
  }

  private workAfter(delayMs: number): void {
    this.timers.get(delayMs)?.();
    this.timers.set(
      delayMs,
      this.deps.clock.schedule(() => {
        this.timers.delete(delayMs);
        this.work();
      }, delayMs),
    );
  }

  private work(): void {
    this.busy ??= this.workOff().finally(() => {
      this.busy = undefined;
      // What came up since it looked for the last time.
      if (this.waitingModel() !== undefined) this.work();
    });
  }

  private async workOff(): Promise<void> {
    for (let model = this.waitingModel(); model !== undefined; model = this.waitingModel()) {
      try {
        await this.serve(model, this.disposal.signal);
        this.lastFailure = undefined;
      } catch (thrown) {
        model.pause();
        this.tell(GlassboxError.from(thrown));
      }
    }
  }

  private waitingModel(): FedModel | undefined {
    if (this.model === undefined || this.disposal.signal.aborted) return undefined;
    if (!this.isCurrent(this.model)) this.model = undefined;
    return this.model?.hasWork === true ? this.model : undefined;
  }

  private isCurrent(model: FedModel): boolean {
    const status = this.deps.engineStatus();
    return model === this.model && status.kind === 'ready' && status.generation === model.generation;
  }

  private async serve(model: FedModel, signal: AbortSignal): Promise<void> {
    if (model.mustCheck) {
      model.mustCheck = false;
      await this.send(model, [], signal);
    } else if (model.mustList) {
      model.mustList = false;
      await this.bringUpToDate(model, signal);
    } else {
      const keys = [...model.changed];
      model.changed.clear();
      await this.feed(
        model,
        keys.map((key) => this.deps.source.file(key)),
        signal,
      );
    }
  }

  /** Sends what is not known, and forgets what is no longer there. */
  private async bringUpToDate(model: FedModel, signal: AbortSignal): Promise<void> {
    const { clock, log, source, limits = feedingLimits } = this.deps;
    const startMs = clock.now();
    const listed = nearestFirst(await source.list(signal), model.near).slice(0, limits.fileCount);
    const lengthOf = async (file: CodeFile): Promise<number | undefined> =>
      model.files.get(file.key)?.length ?? (await file.measure());
    const chosen = await measuredFiles(listed, lengthOf, limits, signal);
    const kept = new Set(chosen.map(({ key }) => key));
    const gone = [...model.files].filter(([key]) => !kept.has(key));
    await this.sendAll(
      model,
      gone.map(([key, { path }]) => ({ key, path, text: null, hash: '' })),
      signal,
    );
    const unknown = feedingOrder(
      chosen.filter(({ key }) => !model.files.has(key)),
      limits,
    );
    const state = await this.feed(model, unknown, signal);
    if (state === undefined || model.isPaused) return;
    const line = `memory: ${state.fileCount} files, ${state.tokenCount} tokens after ${(clock.now() - startMs).toFixed(0)} ms`;
    if (model.isComplete) log.debug(line);
    else log.info(line);
    model.isComplete = true;
  }

  /** Reads files and sends what is not known of them; undefined when nothing was sent. */
  private feed(model: FedModel, files: readonly CodeFile[], signal: AbortSignal): Promise<MemoryState | undefined> {
    return this.sendAll(model, this.read(model, files, signal), signal);
  }

  private async *read(
    model: FedModel,
    files: readonly CodeFile[],
    signal: AbortSignal,
  ): AsyncGenerator<ReadFile, void> {
    const sent = new Set<string>();
    for (let start = 0; start < files.length; start += filesAtOnce) {
      throwIfAborted(signal);
      const some = files.slice(start, start + filesAtOnce);
      const texts = await Promise.all(some.map((file) => file.read()));
      for (const [index, { key, path }] of some.entries()) {
        const text = rememberedText(texts[index]);
        const hash = text === null ? '' : hashOf(text);
        const known = model.files.get(key);
        const isKnown = text === null ? known === undefined : known?.hash === hash && !sent.has(key);
        sent.add(key);
        if (!isKnown) yield { key, path, text, hash };
      }
    }
  }

  private async sendAll(
    model: FedModel,
    files: AsyncIterable<ReadFile> | readonly ReadFile[],
    signal: AbortSignal,
  ): Promise<MemoryState | undefined> {
    let state: MemoryState | undefined;
    for await (const batch of inBatches(files)) {
      if (!this.isCurrent(model) || model.isPaused) return undefined;
      state = await this.send(model, batch, signal);
    }
    if (state !== undefined) this.deps.onRemembered();
    return state;
  }

  private async send(model: FedModel, files: readonly ReadFile[], signal: AbortSignal): Promise<MemoryState> {
    const sent = files.map(({ path, text }): RememberedFile => ({ path, text }));
    const state = await this.deps.engine.call('memory/remember', { folder: model.folder, files: sent }, { signal });
    for (const { key, path, text, hash } of files) {
      if (text === null) model.files.delete(key);
      else model.files.set(key, { path, hash, length: text.length });
    }
    if (state.fileCount < model.files.size) {
      this.deps.log.debug(`memory: the engine has ${state.fileCount} of ${model.files.size} files left`);
      model.startOver();
    }
    return state;
  }

  private tell({ code, message }: GlassboxError): void {
    if (code === 'cancelled' || code === this.lastFailure) return;
    this.lastFailure = code;
    this.deps.log.warn(`memory: ${code}, ${message}`);
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
