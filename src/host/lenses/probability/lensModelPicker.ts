import * as vscode from 'vscode';
import type { ModelDescriptor } from '../../../core/model/modelDescriptor.js';
import { modelRows } from '../../models/modelRows.js';
import type { ModelCatalog } from '../../models/modelCatalog.js';
import type { Translate } from '../../translate.js';
import type { LensModel } from './lensModel.js';

interface Row extends vscode.QuickPickItem {
  readonly folder: string | undefined;
}

/** Lets the user choose the model of the probability lens: the active one, or any other that can write. */
export async function chooseLensModel(models: LensModel, catalog: ModelCatalog, t: Translate): Promise<void> {
  const picked = await vscode.window.showQuickPick<Row>(rows(models, catalog, t), {
    title: t('Choose the Model of the Probability Lens'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked !== undefined) await models.choose(picked.folder);
}

async function rows(models: LensModel, catalog: ModelCatalog, t: Translate): Promise<Row[]> {
  const usable = await models.usable();
  const chosen = usable.find(({ folder }) => folder === models.chosenFolder);
  const active: ModelDescriptor | undefined = catalog.choice?.active;
  const follow: Row = {
    folder: undefined,
    label: `$(${chosen === undefined ? 'check' : 'package'}) ${t('The active model')}`,
    description: active?.name ?? '',
    detail: t('Changes with the model that completes.'),
  };
  return [follow, ...modelRows(usable, chosen, t).map(({ model, ...row }) => ({ ...row, folder: model.folder }))];
}
