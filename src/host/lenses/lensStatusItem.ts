import * as vscode from 'vscode';
import { commandIds } from '../commandIds.js';
import { errorSentence } from '../errorSentences.js';
import type { Translate } from '../translate.js';
import type { LensBoard } from './lensBoard.js';
import type { LensSummarizer, LensSummary } from './lensStatus.js';

/** The item in the status bar that says which lens is on and what it found; a click opens the menu of lenses. */
export class LensStatusItem implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;

  constructor(
    private readonly board: LensBoard,
    private readonly summarizers: readonly LensSummarizer[],
    private readonly t: Translate,
  ) {
    this.item = vscode.window.createStatusBarItem('glassbox.lenses', vscode.StatusBarAlignment.Right, 99);
    this.item.name = t('Glassbox Lens');
    this.item.command = commandIds.openLensMenu;
  }

  /** Reads the state again. Cheap; called on every event that may change it. */
  refresh(): void {
    const editor = vscode.window.activeTextEditor;
    const lenses = editor === undefined ? [] : this.board.lensesOf(editor.document);
    const summaries =
      editor === undefined ? [] : this.summarizers.flatMap((summarizer) => summarizer.summarize(editor, lenses) ?? []);
    const [first] = summaries;
    if (editor === undefined || first === undefined) {
      this.item.hide();
      return;
    }
    const fault = this.board.faultOf(editor.document);
    const problem = fault === undefined ? [] : [errorSentence(this.t, fault)];
    const facts = [...problem, ...summaries.flatMap((summary) => summary.facts)];
    this.item.text = `$(${fault === undefined ? first.icon : 'warning'}) ${first.text}`;
    this.item.accessibilityInformation = { label: `Glassbox: ${[first.text, ...facts].join(' ')}`, role: 'button' };
    this.item.backgroundColor =
      fault === undefined ? undefined : new vscode.ThemeColor('statusBarItem.warningBackground');
    this.item.tooltip = this.tooltip(summaries, facts, lenses.length > 0);
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }

  private tooltip(summaries: readonly LensSummary[], facts: readonly string[], isOn: boolean): vscode.MarkdownString {
    const off = isOn ? [[this.t('Switch Off Lenses'), commandIds.switchOffLenses] as const] : [];
    const commands = [...summaries.flatMap((summary) => summary.commands), ...off];
    const tooltip = new vscode.MarkdownString('', true);
    // For the colours of legends; facts are escaped, tags included.
    tooltip.supportHtml = true;
    tooltip.isTrusted = { enabledCommands: commands.map(([, command]) => command) };
    for (const [index, fact] of facts.entries()) {
      // Facts hold names from outside: they go in as text, so that they cannot become links to commands.
      tooltip.appendMarkdown(index === 0 ? '' : '  \n').appendText(fact);
    }
    for (const { legend } of summaries) if (legend !== undefined) tooltip.appendMarkdown(`\n\n${legend}`);
    tooltip.appendMarkdown(`\n\n${commands.map(([title, command]) => `[${title}](command:${command})`).join(' · ')}`);
    return tooltip;
  }
}
