import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { Clock } from '../../core/clock.js';
import { GlassboxError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import type { ModelDescriptor } from '../../core/model/modelDescriptor.js';
import { indexFiles, type IndexingReport } from '../../core/search/indexFiles.js';
import { rankBlocks, type FoundBlock, type RankingOptions } from '../../core/search/rankBlocks.js';
import type { SearchIndex } from '../../core/search/searchIndex.js';
import type { SettingsReader } from '../settings/settingsReader.js';
import type { IndexState } from './indexState.js';
import type { IndexStore } from './indexStore.js';
import type { SearchEncoder } from './searchEncoder.js';
import { listWorkspaceFiles } from './workspaceFiles.js';

/** What search works with. */
export interface CodeSearchDeps {
  readonly encoder: SearchEncoder;
  readonly store: IndexStore;
  readonly settings: SettingsReader;
  readonly clock: Clock;
  readonly log: Log;
}

/** Listeners are told no more often than this while files are read. Own choice. */
const reportIntervalMs = 200;

/**
 * The index of the workspace and the questions to it. Nothing is read before the first call of {@link refresh}, and nothing
 * between two calls.
 */
export class CodeSearch implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private current: IndexState = { kind: 'looking' };
  private index: SearchIndex | undefined;
  private encoder: ModelDescriptor | undefined;
  private run: { readonly controller: AbortController; readonly ended: Promise<void> } | undefined;
  private reportedMs = Number.NEGATIVE_INFINITY;

  /** Fires after the state or the index changed. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly deps: CodeSearchDeps) {}

  get state(): IndexState {
    return this.current;
  }

  /** Brings the index up to date in the background, unless that is being done. Resolves when it has ended, however. */
  refresh(): Promise<void> {
    if (this.run === undefined) {
      const controller = new AbortController();
      const ended = this.bringUpToDate(controller.signal).finally(() => {
        this.run = undefined;
      });
      this.run = { controller, ended };
    }
    return this.run.ended;
  }

  /** Stops reading; what was read stays. */
  stop(): void {
    this.run?.controller.abort();
  }

  /**
   * The blocks nearest to a question, of what was read until now; empty before anything was.
   *
   * @throws GlassboxError `cancelled`, or why the question cannot be embedded.
   */
  async find(question: string, options: RankingOptions, signal: AbortSignal): Promise<readonly FoundBlock[]> {
    if (this.encoder === undefined || this.index === undefined) return [];
    const vector = await this.deps.encoder.embedQuestion(this.encoder, question, signal);
    return rankBlocks(this.index, vector, options);
  }

  dispose(): void {
    this.stop();
    this.changed.dispose();
  }

  private async bringUpToDate(signal: AbortSignal): Promise<void> {
    try {
      this.become({ kind: 'looking' });
      const encoder = await this.deps.encoder.current();
      if (encoder === undefined) throw new GlassboxError('model-not-found', 'No encoder was found.');
      const index = await this.indexFor(encoder);
      this.become({ kind: 'looking' });
      const { files, totalCount } = await listWorkspaceFiles(this.deps.settings, signal);
      this.become({ kind: 'reading', doneFileCount: 0, fileCount: files.length });
      const report = await this.read(encoder, index, files, signal);
      this.become({
        kind: 'complete',
        fileCount: report.fileCount,
        totalCount: Math.max(totalCount, report.fileCount),
      });
    } catch (thrown) {
      const error = GlassboxError.from(thrown);
      if (error.code !== 'cancelled') this.deps.log.warn(`search: ${error.code}, ${error.sentence}`);
      this.become(error.code === 'cancelled' ? this.stopped() : { kind: 'failed', error });
    }
  }

  /** The index in memory, or the one that was kept, if this encoder made it. */
  private async indexFor(encoder: ModelDescriptor): Promise<SearchIndex> {
    const isSame = this.encoder?.cardHash === encoder.cardHash;
    const index = isSame && this.index !== undefined ? this.index : await this.deps.store.load(encoder.cardHash);
    this.encoder = encoder;
    this.index = index;
    return index;
  }

  private async read(
    encoder: ModelDescriptor,
    index: SearchIndex,
    files: Parameters<typeof indexFiles>[0],
    signal: AbortSignal,
  ): Promise<IndexingReport> {
    const { clock, log, store } = this.deps;
    const ports = {
      embed: (texts: readonly string[], signal: AbortSignal) => this.deps.encoder.embed(encoder, texts, signal),
      hash: (text: string) => createHash('sha256').update(text).digest('base64'),
      clock,
    };
    const startMs = clock.now();
    const before = index.fileCount;
    let isChanged = false;
    try {
      const report = await indexFiles(
        files,
        index,
        ports,
        (progress) => this.become({ kind: 'reading', ...progress }),
        signal,
      );
      isChanged = report.readFileCount > 0 || index.fileCount !== before;
      const { readFileCount, embeddedFileCount, embeddedBlockCount, timings } = report;
      log.info(
        `search: ${report.fileCount} files, ${index.blockCount} blocks; ${readFileCount} files read, ` +
          `${embeddedFileCount} with ${embeddedBlockCount} blocks embedded in ${(clock.now() - startMs).toFixed(0)} ms ` +
          `(encoder ${timings.embedMs.toFixed(0)} ms)`,
      );
      return report;
    } catch (error) {
      isChanged = true;
      throw error;
    } finally {
      if (isChanged) await store.save(index, encoder.cardHash);
    }
  }

  private stopped(): IndexState {
    const { current: state } = this;
    return state.kind === 'reading'
      ? { ...state, kind: 'stopped' }
      : { kind: 'stopped', doneFileCount: 0, fileCount: 0 };
  }

  private become(state: IndexState): void {
    const isSameKind = state.kind === this.current.kind;
    this.current = state;
    const nowMs = this.deps.clock.now();
    if (isSameKind && nowMs - this.reportedMs < reportIntervalMs) return;
    this.reportedMs = nowMs;
    this.changed.fire();
  }
}
