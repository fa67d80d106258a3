import type * as vscode from 'vscode';
import { supportedSchemes } from '../../../core/completion/gate.js';
import type { Clock } from '../../../core/clock.js';
import { GlassboxError } from '../../../core/errors.js';
import type { Log } from '../../../core/log.js';
import { commandIds } from '../../commandIds.js';
import type { SettingsReader } from '../../settings/settingsReader.js';
import type { Translate } from '../../translate.js';
import type { Lens } from '../lens.js';
import type { LensSummarizer, LensSummary } from '../lensStatus.js';
import { seenLines } from '../lensPainter.js';
import { percent, wholeNumber } from '../numbers.js';
import type { FileCount, TokenCounter } from './tokenCounter.js';
import type { TokenLens } from './tokenLens.js';

/** What the summary is made from. */
export interface TokenSummaryDeps {
  readonly counter: TokenCounter;
  readonly lens: TokenLens;
  readonly settings: SettingsReader;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when a count is there that was not there before. */
  readonly onDidChange: () => void;
  readonly t: Translate;
}

/** Own choices: counting is for reading, not for following each key. */
const fileDelayMs = 400;
const selectionDelayMs = 150;

/** Tokens of file and selection for the status bar. */
export class TokenSummary implements LensSummarizer, vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  private selection: { readonly key: string; readonly count: number | undefined } | undefined;
  private selecting: AbortController | undefined;

  constructor(private readonly deps: TokenSummaryDeps) {
    this.subscription = deps.counter.onDidCount(() => deps.onDidChange());
  }

  summarize(editor: vscode.TextEditor, lenses: readonly Lens[]): LensSummary | undefined {
    const isOn = lenses.some(({ id }) => id === 'tokens' || id === 'tokensPerLine');
    const { document } = editor;
    if (!isOn && !(this.deps.settings.get('glassbox.tokens.statusBar') && supportedSchemes.has(document.uri.scheme))) {
      return undefined;
    }
    const { counter, t } = this.deps;
    const file = counter.latest(document);
    if (file?.version !== document.version) counter.request(document, file === undefined ? 0 : fileDelayMs);
    const selected = this.selectedTokens(editor);
    return {
      icon: 'symbol-ruler',
      text: barText(file, selected, t),
      facts: this.facts(editor, file, selected, lenses),
      commands: [
        [t('Choose Tokenizer…'), commandIds.chooseTokenizer],
        [t('Most Expensive Lines…'), commandIds.showExpensiveLines],
        [t('Tokens per Line'), commandIds.toggleTokensPerLine],
      ],
    };
  }

  dispose(): void {
    this.subscription.dispose();
    this.selecting?.abort();
  }

  private facts(
    editor: vscode.TextEditor,
    file: FileCount | undefined,
    selected: number | undefined,
    lenses: readonly Lens[],
  ): readonly string[] {
    const { lens, t } = this.deps;
    if (file === undefined) return [t('Counting tokens…')];
    const { contextLength, name } = file.tokenizer;
    const about = file.isExact ? '' : t('The file is counted in parts, so the number can be off by a few.');
    const facts = [
      t('Tokenizer: {0}', name),
      t('File: {0} tokens', wholeNumber(file.tokenCount)),
      about,
      contextLength === undefined ? '' : share(file.tokenCount, contextLength, t),
      selected === undefined ? '' : t('Selection: {0} tokens', wholeNumber(selected)),
      ...(lenses.includes(lens) ? lens.limits(editor.document, seenLines(editor)) : []),
    ];
    return facts.filter((fact) => fact !== '');
  }

  /** Tokens of what is selected, each selection by itself; undefined without one, and until they are counted. */
  private selectedTokens(editor: vscode.TextEditor): number | undefined {
    const { document, selections } = editor;
    const filled = selections.filter(({ isEmpty }) => !isEmpty);
    const places = filled.map(({ start, end }) => [start.line, start.character, end.line, end.character].join(':'));
    const key = [document.uri.toString(), document.version, ...places].join(' ');
    if (filled.length === 0) {
      this.selecting?.abort();
      this.selection = undefined;
      return undefined;
    }
    if (this.selection?.key === key) return this.selection.count;
    this.selection = { key, count: undefined };
    this.countSelection(key, () => filled.map((range) => document.getText(range)));
    return undefined;
  }

  private countSelection(key: string, texts: () => readonly string[]): void {
    const { clock, counter, log, onDidChange } = this.deps;
    this.selecting?.abort();
    const controller = new AbortController();
    this.selecting = controller;
    const { signal } = controller;
    const count = async (): Promise<void> => {
      try {
        const counts = await Promise.all(texts().map((text) => counter.countText(text, signal)));
        if (this.selection?.key !== key) return;
        this.selection = { key, count: counts.reduce((sum, value) => sum + value, 0) };
        onDidChange();
      } catch (thrown) {
        const error = GlassboxError.from(thrown);
        if (error.code !== 'cancelled') log.warn(`tokens of the selection: ${error.code}, ${error.message}`);
      }
    };
    const cancel = clock.schedule(() => void count(), selectionDelayMs);
    signal.addEventListener('abort', cancel, { once: true });
  }
}

function barText(file: FileCount | undefined, selected: number | undefined, t: Translate): string {
  if (file === undefined) return t('Tokens…');
  const { contextLength } = file.tokenizer;
  const tokens = file.tokenCount === 1 ? t('1 token') : t('{0} tokens', wholeNumber(file.tokenCount));
  if (selected !== undefined) return t('{0} of {1}', wholeNumber(selected), tokens);
  return contextLength === undefined ? tokens : `${tokens} (${percent(file.tokenCount / contextLength)})`;
}

function share(tokenCount: number, contextLength: number, t: Translate): string {
  const context = wholeNumber(contextLength);
  return tokenCount <= contextLength
    ? t('That is {0} of the {1} tokens that the model reads at once.', percent(tokenCount / contextLength), context)
    : t(
        'That is {0} times the {1} tokens that the model reads at once.',
        (tokenCount / contextLength).toFixed(1),
        context,
      );
}
