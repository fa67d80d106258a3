import * as vscode from 'vscode';
import type { ModelDescriptor } from '../../../core/model/modelDescriptor.js';
import { commandIds } from '../../commandIds.js';
import { showMessage } from '../../faultNotices.js';
import type { Translate } from '../../translate.js';
import type { LensBoard } from '../lensBoard.js';
import type { LensModel } from '../probability/lensModel.js';
import type { ComparedModel, ComparisonChoice } from './comparisonChoice.js';

/** What the command works with. */
export interface CompareModelsDeps {
  readonly models: LensModel;
  readonly choice: ComparisonChoice;
  readonly board: LensBoard;
  readonly t: Translate;
}

interface ModelItem extends vscode.QuickPickItem {
  readonly model: ComparedModel;
}

/** Asks which two models to compare and what to paint of it, and switches the comparison on in the document. */
export async function compareModels(document: vscode.TextDocument, deps: CompareModelsDeps): Promise<void> {
  const { models, choice, board, t } = deps;
  const items = (await models.usable()).flatMap((model) => itemsOf(model));
  if (items.length < 2) {
    showMessage('info', t('There is only one model. Add a folder with another one to compare them.'), [
      { title: t('Choose Model…'), command: commandIds.chooseModel },
    ]);
    return;
  }
  const { name } = await models.current();
  const own = await pick(first(items, name), t('Compare Models (1/3): The First Model'));
  if (own === undefined) return;
  const others = items.filter((item) => item !== own);
  const other = await pick(others, t('Compare Models (2/3): The Model to Compare With'));
  if (other === undefined) return;
  const measure = await vscode.window.showQuickPick(
    [
      {
        label: t('Difference of log-probability'),
        detail: t('To which of the two each token is likelier, and by how much'),
        value: 'difference' as const,
      },
      {
        label: t('KL divergence'),
        detail: t('How far apart the two distributions are at each token; needs one vocabulary'),
        value: 'divergence' as const,
      },
    ],
    { title: t('Compare Models (3/3): What to Paint') },
  );
  if (measure === undefined) return;
  await choice.choose({ own: own.model, other: other.model, measure: measure.value });
  board.set('comparison', document, true);
}

function pick(items: readonly ModelItem[], title: string): Thenable<ModelItem | undefined> {
  return vscode.window.showQuickPick(items, { title, matchOnDescription: true });
}

/** One item for a model with one ONNX file, otherwise one for each file. */
function itemsOf({ name, folder, graphs = [] }: ModelDescriptor): readonly ModelItem[] {
  if (graphs.length < 2) return [{ label: name, description: folder, model: { folder, name } }];
  return graphs.map((graph) => {
    const file = graph.slice(graph.lastIndexOf('/') + 1);
    return { label: name, description: file, detail: folder, model: { folder, graph, name: `${name} (${file})` } };
  });
}

/** Puts the model of the probability lens first. */
function first(items: readonly ModelItem[], name: string): readonly ModelItem[] {
  return items.toSorted((a, b) => Number(b.label === name) - Number(a.label === name));
}
