import * as vscode from 'vscode';
import type { Clock } from '../../../core/clock.js';
import { GlassboxError } from '../../../core/errors.js';
import { LruMap } from '../../../core/flow/lruMap.js';
import { cutAtLines, joinLineCosts } from '../../../core/lenses/textParts.js';
import type { Log } from '../../../core/log.js';
import { countLineTokens, type LineCosts } from '../../../core/tokenizer/lineCosts.js';
import type { EngineClient } from '../../../protocol/engineContract.js';
import type { ChosenTokenizer, TokenizerChoice } from './tokenizerChoice.js';

/** The tokens of a whole document at one version. */
export interface FileCount {
  readonly tokenCount: number;
  readonly lines: LineCosts;
  readonly version: number;
  readonly tokenizer: ChosenTokenizer;
  /** False where the text was counted in parts: a token that reaches over a cut is counted twice. */
  readonly isExact: boolean;
}

/** Own choice: a text up to this many UTF-16 units is counted in one piece, which takes the engine about a second. */
const partLength = 2 ** 20;

/** Own choice; counts of documents beyond it are made again when they are looked at. */
const rememberedDocuments = 16;

/** Counts the tokens of whole documents, in the background, once for each version that somebody asks about. */
export class TokenCounter implements vscode.Disposable {
  private readonly counts = new LruMap<string, FileCount>(rememberedDocuments);
  private readonly running = new Map<string, { readonly version: number; readonly controller: AbortController }>();
  private readonly changed = new vscode.EventEmitter<vscode.TextDocument>();

  /** Fires when a count that {@link request} asked for is there. */
  readonly onDidCount = this.changed.event;

  constructor(
    private readonly engine: EngineClient,
    private readonly choice: TokenizerChoice,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** The last count, also one of an earlier version: its tokens are about right until the new count is there. */
  latest(document: vscode.TextDocument): FileCount | undefined {
    return this.counts.get(document.uri.toString());
  }

  /**
   * Counts the document as it is after a moment in which it does not change; once, however often it is asked for. The
   * request for an earlier version is given up.
   */
  request(document: vscode.TextDocument, delayMs: number): void {
    const uri = document.uri.toString();
    const { version } = document;
    const before = this.running.get(uri);
    if (before?.version === version) return;
    before?.controller.abort();
    const controller = new AbortController();
    this.running.set(uri, { version, controller });
    const cancel = this.clock.schedule(() => void this.countInBackground(document, controller.signal), delayMs);
    controller.signal.addEventListener('abort', cancel, { once: true });
  }

  /** Counts the document as it is. @throws GlassboxError `cancelled`, and why the engine cannot answer */
  async count(document: vscode.TextDocument, signal: AbortSignal): Promise<FileCount> {
    const tokenizer = await this.choice.current();
    const { version } = document;
    const known = this.latest(document);
    if (known?.version === version && known.tokenizer.key === tokenizer.key) return known;
    const texts = cutAtLines(document.getText(), partLength);
    const parts: { length: number; costs: LineCosts }[] = [];
    let tokenCount = 0;
    for (const text of texts) {
      const { source } = tokenizer;
      const { starts } = await this.engine.call(
        'tokenizers/encode',
        { source, text, controlTokens: 'text' },
        { signal },
      );
      parts.push({ length: text.length, costs: countLineTokens(text, { starts }) });
      tokenCount += starts.length;
    }
    const result = { tokenCount, lines: joinLineCosts(parts), version, tokenizer, isExact: texts.length === 1 };
    this.counts.set(document.uri.toString(), result);
    return result;
  }

  /** Tokens of a text by itself, for instance of a selection. @throws GlassboxError `cancelled`, ... */
  async countText(text: string, signal: AbortSignal): Promise<number> {
    const { source } = await this.choice.current();
    const columns = await this.engine.call('tokenizers/encode', { source, text, controlTokens: 'text' }, { signal });
    return columns.ids.length;
  }

  /** Forgets all counts, because they are of another tokenizer. */
  clear(): void {
    for (const { controller } of this.running.values()) controller.abort();
    this.running.clear();
    this.counts.clear();
  }

  dispose(): void {
    this.clear();
    this.changed.dispose();
  }

  private async countInBackground(document: vscode.TextDocument, signal: AbortSignal): Promise<void> {
    const uri = document.uri.toString();
    try {
      await this.count(document, signal);
    } catch (error) {
      this.report(error);
    }
    if (signal.aborted) return;
    this.running.delete(uri);
    this.changed.fire(document);
  }

  private report(thrown: unknown): void {
    const error = GlassboxError.from(thrown);
    if (error.code !== 'cancelled') this.log.warn(`token count: ${error.code}, ${error.message}`);
  }
}
