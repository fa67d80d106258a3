import * as vscode from 'vscode';
import type { Supervisor } from '../../supervisor/supervisor.js';
import type { SettingsReader } from '../settings/settingsReader.js';
import type { LensBoard } from './lensBoard.js';
import type { LensStatusItem } from './lensStatusItem.js';
import type { ComparisonChoice } from './comparison/comparisonChoice.js';
import type { LensModel } from './probability/lensModel.js';
import type { TokenCounter } from './tokens/tokenCounter.js';
import type { TokenizerChoice } from './tokens/tokenizerChoice.js';

/** What changes, and what has to know. */
export interface LensFollowers {
  readonly supervisor: Supervisor;
  readonly settings: SettingsReader;
  readonly board: LensBoard;
  readonly choice: TokenizerChoice;
  readonly models: LensModel;
  readonly comparison: ComparisonChoice;
  readonly counter: TokenCounter;
  readonly statusItem: LensStatusItem;
}

/** Paints anew when another tokenizer is to be used or the engine is back, and keeps the status item right. */
export function followLenses(followers: LensFollowers): vscode.Disposable {
  const { supervisor, settings, board, choice, models, comparison, counter, statusItem } = followers;
  const { window, workspace } = vscode;
  const refresh = (): void => statusItem.refresh();
  const refreshFor = (document: vscode.TextDocument): void => {
    if (window.activeTextEditor?.document === document) refresh();
  };
  refresh();
  return vscode.Disposable.from(
    board.onDidChange(refresh),
    settings.onDidChange(refresh),
    choice.onDidChange(() => {
      counter.clear();
      board.repaint('tokens', 'tokensPerLine');
      refresh();
    }),
    comparison.onDidChange(() => {
      board.repaint('comparison');
      refresh();
    }),
    models.onDidChange(() => {
      board.repaint('probability');
      refresh();
    }),
    supervisor.onDidChangeStatus(({ kind }) => {
      if (kind === 'ready') board.repaintFaulty();
    }),
    window.onDidChangeActiveTextEditor(refresh),
    window.onDidChangeTextEditorSelection(({ textEditor }) => refreshFor(textEditor.document)),
    workspace.onDidChangeTextDocument(({ document }) => refreshFor(document)),
  );
}
