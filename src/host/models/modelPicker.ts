import * as vscode from 'vscode';
import type { ModelDescriptor } from '../../core/model/modelDescriptor.js';
import type { Translate } from '../translate.js';
import type { ModelCatalog } from './modelCatalog.js';
import { settingFor } from './modelChoice.js';
import { modelRows, type ModelRow } from './modelRows.js';

interface AddFolderRow extends vscode.QuickPickItem {
  readonly addFolder: true;
}

/** Lets the user choose the model that completes; the choice is remembered in the settings. */
export class ModelPicker {
  constructor(
    private readonly catalog: ModelCatalog,
    private readonly t: Translate,
  ) {}

  /** Shows the models found. @throws GlassboxError when the engine cannot look for them. */
  async show(): Promise<void> {
    const { t } = this;
    const rows = this.catalog.ready().then(({ active }) => [...modelRows(this.catalog.known, active, t)]);
    const add: AddFolderRow = {
      addFolder: true,
      label: `$(folder-opened) ${t('Add Model Folder…')}`,
      detail: t('A folder with glassbox.json, config.json, tokenizer.json and onnx/, or a folder of such folders'),
      alwaysShow: true,
    };
    const picked = await vscode.window.showQuickPick<ModelRow | AddFolderRow>(
      rows.then((models) => (vscode.workspace.isTrusted ? [...models, add] : models)),
      { title: t('Choose the Model That Completes'), matchOnDescription: true, matchOnDetail: true },
    );
    if (picked === undefined) return;
    if ('addFolder' in picked) await this.addFolder();
    else await this.choose(picked.model);
  }

  private async choose(model: ModelDescriptor): Promise<void> {
    await vscode.workspace
      .getConfiguration('glassbox.models')
      .update('active', settingFor(model, this.catalog.known), vscode.ConfigurationTarget.Global);
  }

  private async addFolder(): Promise<void> {
    const chosen = await vscode.window.showOpenDialog({
      canSelectFolders: true,
      canSelectFiles: false,
      openLabel: this.t('Add Model Folder'),
    });
    const folder = chosen?.[0]?.fsPath;
    if (folder === undefined) return;
    const configuration = vscode.workspace.getConfiguration('glassbox.models');
    const before = configuration.inspect<readonly string[]>('folders')?.globalValue ?? [];
    if (!before.includes(folder)) {
      await configuration.update('folders', [...before, folder], vscode.ConfigurationTarget.Global);
    }
    await this.show();
  }
}
