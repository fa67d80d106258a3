import * as vscode from 'vscode';
import type { Clock } from '../../core/clock.js';
import { commandIds } from '../commandIds.js';
import type { Translate } from '../translate.js';
import { statusView, type StatusInputs, type StatusView } from './statusView.js';

/** A request that ends sooner than this does not show a spinner: text that flashes with every key distracts. */
const spinnerDelayMs = 200;

/** The one item in the status bar: state and model, and on a click the menu. */
export class StatusItem implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private cancelSpinner: (() => void) | undefined;
  private spinning = false;
  private rendered = '';

  constructor(
    private readonly inputs: () => StatusInputs,
    private readonly clock: Clock,
    private readonly t: Translate,
  ) {
    this.item = vscode.window.createStatusBarItem('glassbox.status', vscode.StatusBarAlignment.Right, 100);
    this.item.name = 'Glassbox';
    this.item.command = commandIds.openMenu;
    this.refresh();
    this.item.show();
  }

  /** Reads the state again. Cheap; called on every event that may change it. */
  refresh(): void {
    const inputs = this.inputs();
    if (!inputs.generating) {
      this.stopSpinner();
    } else if (!this.spinning) {
      this.cancelSpinner ??= this.clock.schedule(() => {
        this.spinning = true;
        this.refresh();
      }, spinnerDelayMs);
    }
    this.render(statusView({ ...inputs, generating: inputs.generating && this.spinning }, this.t), inputs);
  }

  dispose(): void {
    this.stopSpinner();
    this.item.dispose();
  }

  private stopSpinner(): void {
    this.cancelSpinner?.();
    this.cancelSpinner = undefined;
    this.spinning = false;
  }

  private render(view: StatusView, inputs: StatusInputs): void {
    const rendered = JSON.stringify([view, inputs.modelName]);
    if (rendered === this.rendered) return;
    this.rendered = rendered;
    this.item.text = `$(${view.icon}) ${view.text}`;
    this.item.accessibilityInformation = { label: `Glassbox: ${view.sentence}`, role: 'button' };
    this.item.backgroundColor = view.warning ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.tooltip = this.tooltip(view, inputs);
  }

  private tooltip(view: StatusView, inputs: StatusInputs): vscode.MarkdownString {
    const { t } = this;
    const links = [
      [t('Why Nothing?'), commandIds.explainNothing],
      [t('Choose Model…'), commandIds.chooseModel],
      [t('Show Log'), commandIds.showLog],
    ] as const;
    const tooltip = new vscode.MarkdownString('', true);
    tooltip.isTrusted = { enabledCommands: links.map(([, command]) => command) };
    // Sentences hold names from model cards: they go in as text, so that they cannot become links to commands.
    tooltip.appendMarkdown('**Glassbox**\n\n').appendText(view.sentence);
    const { modelName } = inputs;
    if (modelName !== undefined && !view.sentence.includes(modelName)) {
      tooltip.appendMarkdown('\n\n').appendText(t('Model: {0}', modelName));
    }
    tooltip.appendMarkdown(`\n\n${links.map(([title, command]) => `[${title}](command:${command})`).join(' · ')}`);
    return tooltip;
  }
}
