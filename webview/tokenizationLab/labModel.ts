import type { TokenColumns } from '../../src/core/tokenizer/tokenColumns.js';
import {
  tokenizerSourceKey,
  type TokenizerDescription,
  type TokenizerSource,
} from '../../src/core/tokenizer/tokenizerSource.js';
import type { EditorExcerpt, TokenizationLabContract } from '../../src/protocol/panels/tokenizationLabContract.js';
import type { RpcClient } from '../../src/protocol/rpcClient.js';
import { LatestCall } from '../boot/latestCall.js';
import type { PersistedState } from '../boot/persistedState.js';
import { compare, type Comparison } from './comparison.js';
import { columnTokens, type LabColumn, provisionalName } from './labColumn.js';
import { comparisonJson } from './comparisonJson.js';
import type { LabState } from './labState.js';
import type { TextWindow } from './textWindow.js';
import { wordAround } from './wordAround.js';

/** Asks the host. */
export type LabClient = RpcClient<TokenizationLabContract>;

/** The part of the lab that is not on the screen: where the text comes from, and who makes tokens of it. */
export class LabModel {
  /** What is shown; undefined until the first text was tokenized. */
  comparison: Comparison | undefined;
  /** What the editor holds of the part that is followed. */
  excerpt: EditorExcerpt | undefined;
  /** True while the tokens of a newer text are on their way. */
  isBusy = false;
  /** A sentence about what went wrong beyond a single tokenizer. */
  problem: string | undefined;
  readonly client: LabClient;
  readonly state: PersistedState<LabState>;
  readonly #onDidChange: () => void;
  readonly #descriptions = new Map<string, TokenizerDescription>();
  readonly #following = new LatestCall();
  readonly #comparing = new LatestCall();
  #defaults: readonly TokenizerSource[] | undefined;

  /** @param onDidChange Called after any of the fields changed. */
  constructor(client: LabClient, state: PersistedState<LabState>, onDidChange: () => void) {
    this.client = client;
    this.state = state;
    this.#onDidChange = onDidChange;
  }

  /** Begins to follow the editor and to compare. */
  async connect(): Promise<void> {
    this.#follow();
    if (this.state.value.tokenizers !== null) return;
    try {
      this.#defaults = await this.client.call('lab/defaultTokenizers', {});
    } catch (error) {
      this.#fail(error);
    }
    this.compare();
  }

  disconnect(): void {
    this.#following.cancel();
    this.#comparing.cancel();
  }

  /** The text as it is now; undefined when the editor has none to give. */
  get text(): string | undefined {
    const { source, typedText } = this.state.value;
    return source === 'typed' ? typedText : this.excerpt?.text;
  }

  get sources(): readonly TokenizerSource[] {
    return this.state.value.tokenizers ?? this.#defaults ?? [];
  }

  /** Changes what is remembered and shows it; `compare` says whether tokens change by it. */
  update(change: Partial<LabState>, effect: 'show' | 'compare' | 'follow' = 'show'): void {
    this.state.update(change);
    if (effect === 'follow') this.#follow();
    if (effect === 'show') this.#onDidChange();
    else this.compare();
  }

  /** Lets the user choose one more tokenizer. */
  async addTokenizer(): Promise<void> {
    try {
      const description = await this.client.call('lab/pickTokenizer', { shown: [...this.sources] });
      if (description === null) return;
      this.#descriptions.set(tokenizerSourceKey(description.source), description);
      const key = tokenizerSourceKey(description.source);
      const others = this.sources.filter((source) => tokenizerSourceKey(source) !== key);
      this.update({ tokenizers: [...others, description.source] }, 'compare');
    } catch (error) {
      this.#fail(error);
    }
  }

  removeTokenizer(key: string): void {
    this.update({ tokenizers: this.sources.filter((source) => tokenizerSourceKey(source) !== key) }, 'compare');
  }

  /** Makes tokens of the text anew, by every tokenizer, and shows all of it at once. */
  compare(): void {
    const { text } = this;
    this.isBusy = text !== undefined;
    if (this.state.value.tokenizers === null && this.#defaults === undefined) return;
    if (text === undefined) {
      this.#comparing.cancel();
      this.comparison = undefined;
    } else {
      const firstLine = this.state.value.source === 'typed' ? 1 : (this.excerpt?.firstLine ?? 1);
      void this.#comparing
        .run((signal) => Promise.all(this.sources.map((source) => this.#encode(source, text, signal))))
        .then((outcome) => {
          if (outcome === undefined) return;
          this.isBusy = false;
          if (outcome.kind === 'answered') this.comparison = compare(text, firstLine, outcome.result);
          else this.problem = outcome.error.message;
          this.#onDidChange();
        });
    }
    this.#onDidChange();
  }

  /** Shows how the tokens of a stretch of the text were made, with the rest of the word around it. */
  replay(range: TextWindow): void {
    const { text } = this;
    if (text === undefined) return;
    const { start, end } = wordAround(text, range);
    this.update({ replayedText: text.slice(start, end), view: 'replay' });
  }

  /** Puts the text and the tokens of all tokenizers on the clipboard. */
  async copy(): Promise<void> {
    const { comparison } = this;
    if (comparison === undefined) return;
    try {
      await this.client.call('lab/copyText', { text: comparisonJson(comparison) });
    } catch (error) {
      this.#fail(error);
    }
  }

  async #encode(source: TokenizerSource, text: string, signal: AbortSignal): Promise<LabColumn> {
    const key = tokenizerSourceKey(source);
    const { controlTokens } = this.state.value;
    try {
      const description = this.#descriptions.get(key) ?? (await this.client.call('tokenizers/describe', { source }));
      this.#descriptions.set(key, description);
      const tokens: TokenColumns = await this.client.call(
        'tokenizers/encode',
        { source, text, controlTokens },
        { signal },
      );
      const result = columnTokens(text, tokens);
      return { source, key, name: description.name, description, result, problem: undefined };
    } catch (error) {
      signal.throwIfAborted();
      const { name } = this.#descriptions.get(key) ?? { name: provisionalName(source) };
      const problem = error instanceof Error ? error.message : String(error);
      return { source, key, name, description: undefined, result: undefined, problem };
    }
  }

  #follow(): void {
    const { source } = this.state.value;
    const part = source === 'typed' ? 'nothing' : source;
    void this.#following
      .run((signal) =>
        this.client.call(
          'lab/follow',
          { part },
          {
            signal,
            onProgress: ({ excerpt, opening }) => {
              this.problem = undefined;
              if (opening !== undefined && opening.id !== this.state.value.shownOpening) {
                this.update({ shownOpening: opening.id, source: opening.part }, 'follow');
                return;
              }
              this.excerpt = excerpt;
              if (this.text !== this.comparison?.text) this.compare();
              else this.#onDidChange();
            },
          },
        ),
      )
      .then((outcome) => {
        if (outcome?.kind === 'failed') this.#fail(outcome.error);
      });
  }

  #fail(error: unknown): void {
    this.problem = error instanceof Error ? error.message : String(error);
    this.#onDidChange();
  }
}
