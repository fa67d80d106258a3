import * as vscode from 'vscode';
import { supportedSchemes } from '../../core/completion/gate.js';
import type { EngineStatus } from '../../supervisor/engineStatus.js';
import type { CompletionRequests } from '../completion/completionRequests.js';
import type { Snooze } from '../completion/snooze.js';
import type { ModelCatalog } from '../models/modelCatalog.js';
import type { ModelChoice } from '../models/modelChoice.js';
import type { LanguageNames } from '../settings/languageNames.js';
import type { SettingsReader } from '../settings/settingsReader.js';
import { isLanguageEnabled } from '../settings/toggleTarget.js';
import type { StatusInputs } from './statusView.js';

/** What the status is read from. */
export interface StatusSources {
  readonly settings: SettingsReader;
  readonly languageNames: LanguageNames;
  readonly snooze: Snooze;
  readonly engineStatus: () => EngineStatus;
  readonly requests: CompletionRequests;
  readonly catalog: ModelCatalog;
}

/** The state of affairs as of now, for status item and menu. */
export function readStatus(sources: StatusSources): StatusInputs {
  const editor = vscode.window.activeTextEditor;
  // The log and other output are shown in editors too; they are not what completion is about.
  const document =
    editor !== undefined && supportedSchemes.has(editor.document.uri.scheme) ? editor.document : undefined;
  const choice = sources.catalog.choice;
  // Read with every key, so from memory wherever there is a document.
  const preferences = document && sources.settings.completionPreferences(document.uri.toString());
  return {
    enabled: preferences?.enabled ?? sources.settings.get('glassbox.completion.enabled'),
    language: document &&
      preferences && {
        id: document.languageId,
        name: sources.languageNames.of(document.languageId),
        enabled: isLanguageEnabled(preferences.languages, document.languageId),
      },
    snoozedMinutes: sources.snooze.remainingMinutes,
    engine: sources.engineStatus().kind,
    generating: sources.requests.isBusy,
    modelName: choice?.active?.name,
    modelProblem: readModelProblem(choice),
    trusted: vscode.workspace.isTrusted,
  };
}

function readModelProblem(choice: ModelChoice | undefined): StatusInputs['modelProblem'] {
  if (choice === undefined) return undefined;
  const { active, broken, missing } = choice;
  if (broken?.problem !== undefined) return { name: broken.name, code: broken.problem.code };
  if (missing !== undefined || active === undefined) return { name: missing, code: 'model-not-found' };
  return undefined;
}
