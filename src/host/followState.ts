import * as vscode from 'vscode';
import type { Supervisor } from '../supervisor/supervisor.js';
import { errorSentence } from './errorSentences.js';
import type { FaultNotices } from './faultNotices.js';
import type { ModelCatalog } from './models/modelCatalog.js';
import type { SettingsReader } from './settings/settingsReader.js';
import type { Translate } from './translate.js';

/** What changes, and what has to know. */
export interface StateFollowers {
  readonly supervisor: Supervisor;
  readonly catalog: ModelCatalog;
  readonly settings: SettingsReader;
  readonly notices: FaultNotices;
  readonly refreshStatus: () => void;
  readonly t: Translate;
}

/** Applies changed settings, trust and editors at once, and tells when the engine stays down. */
export function followState(followers: StateFollowers): vscode.Disposable {
  const { supervisor, catalog, settings, notices, refreshStatus, t } = followers;
  return vscode.Disposable.from(
    settings.onDidChange((event) => {
      if (event.affectsConfiguration('glassbox.models.folders')) catalog.refresh();
      else if (event.affectsConfiguration('glassbox.models.active')) catalog.choose();
      refreshStatus();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      catalog.refresh();
      refreshStatus();
    }),
    vscode.window.onDidChangeActiveTextEditor(refreshStatus),
    // A document whose language is changed is closed and opened again.
    vscode.workspace.onDidOpenTextDocument(refreshStatus),
    supervisor.onDidChangeStatus((status) => {
      refreshStatus();
      if (status.kind !== 'down') return;
      notices.tell({ fault: 'engine-down', sentence: errorSentence(t, status.error), error: status.error }, t);
    }),
  );
}
