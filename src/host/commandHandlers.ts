import * as vscode from 'vscode';
import type { Supervisor } from '../supervisor/supervisor.js';
import { commandIds } from './commandIds.js';
import type { CommandHandlers } from './commands.js';
import type { Snooze } from './completion/snooze.js';
import { snoozeCompletion } from './completion/snoozePicker.js';
import { explainNothing, type WhyNothingDeps } from './completion/whyNothing.js';
import type { EngineStateView } from './engine/engineStateView.js';
import { showMessage } from './faultNotices.js';
import { lensHandlers, type LensServices } from './lenses/lensHandlers.js';
import type { ModelCatalog } from './models/modelCatalog.js';
import type { ModelPicker } from './models/modelPicker.js';
import type { SettingsWriter } from './settings/settingsWriter.js';
import { openMenu } from './status/menu.js';
import type { StatusInputs } from './status/statusView.js';
import type { TokenizationLabPanel } from './tokenizationLab/tokenizationLabPanel.js';
import type { Translate } from './translate.js';

/** What the commands work with. */
export interface CommandServices {
  readonly channel: vscode.LogOutputChannel;
  readonly supervisor: Supervisor;
  readonly catalog: ModelCatalog;
  readonly modelPicker: ModelPicker;
  readonly engineView: EngineStateView;
  readonly settingsWriter: SettingsWriter;
  readonly snooze: Snooze;
  readonly status: () => StatusInputs;
  readonly whyNothing: WhyNothingDeps;
  readonly tokenizationLab: TokenizationLabPanel;
  readonly lenses: LensServices;
  readonly nextTokens: { show(): void };
  readonly findCode: { show(): Promise<void> };
  readonly whySuggestion: { explain(): void; clearMarks(): void };
  readonly t: Translate;
}

/** What each command of the palette does. */
export function commandHandlers(services: CommandServices): CommandHandlers {
  const { channel, modelPicker, engineView, snooze, status, whyNothing, t } = services;
  return {
    [commandIds.triggerSuggestion]: () => vscode.commands.executeCommand('editor.action.inlineSuggest.trigger'),
    [commandIds.toggleCompletion]: () => toggleCompletion(services),
    [commandIds.toggleLanguage]: (language) => toggleLanguage(services, language),
    [commandIds.snoozeCompletion]: (minutes) => snoozeCompletion(snooze, minutes, t),
    [commandIds.explainNothing]: () => explainNothing(whyNothing),
    [commandIds.chooseModel]: () => modelPicker.show(),
    [commandIds.openLab]: () => services.tokenizationLab.open(),
    [commandIds.openNextTokens]: () => services.nextTokens.show(),
    [commandIds.findCode]: () => services.findCode.show(),
    [commandIds.explainSuggestion]: () => services.whySuggestion.explain(),
    [commandIds.clearMarks]: () => services.whySuggestion.clearMarks(),
    [commandIds.restartEngine]: () => restartEngine(services),
    [commandIds.showState]: () => engineView.show(),
    [commandIds.showLog]: () => channel.show(),
    [commandIds.openMenu]: () => openMenu(status(), t),
    ...lensHandlers(services.lenses, t),
  };
}

async function toggleCompletion({ settingsWriter }: CommandServices): Promise<void> {
  const enabled = await settingsWriter.toggleCompletion(vscode.window.activeTextEditor?.document.uri);
  if (!enabled) await hideSuggestion();
}

async function toggleLanguage({ settingsWriter, t }: CommandServices, language: unknown): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const languageId = typeof language === 'string' && language !== '' ? language : document?.languageId;
  if (languageId === undefined) {
    showMessage('info', t('No editor is open, so there is no language to switch.'), []);
    return;
  }
  const enabled = await settingsWriter.toggleLanguage(languageId, document?.uri);
  if (!enabled) await hideSuggestion();
}

async function restartEngine({ supervisor, catalog, t }: CommandServices): Promise<void> {
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: t('Restarting the engine') },
    () => supervisor.restart(),
  );
  // The restart gave models that crashed it another chance.
  catalog.refresh();
}

async function hideSuggestion(): Promise<void> {
  await vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
}
