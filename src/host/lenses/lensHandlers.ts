import * as vscode from 'vscode';
import { commandIds } from '../commandIds.js';
import type { CommandHandlers } from '../commands.js';
import { showMessage } from '../faultNotices.js';
import type { EngineClient } from '../../protocol/engineContract.js';
import type { ModelCatalog } from '../models/modelCatalog.js';
import type { Translate } from '../translate.js';
import type { LensId } from './lens.js';
import type { LensBoard } from './lensBoard.js';
import { openLensMenu } from './lensMenu.js';
import { compareModels } from './comparison/compareModels.js';
import type { ComparisonChoice } from './comparison/comparisonChoice.js';
import type { LensModel } from './probability/lensModel.js';
import { chooseLensModel } from './probability/lensModelPicker.js';
import { showExpensiveLines } from './tokens/expensiveLines.js';
import type { TokenCounter } from './tokens/tokenCounter.js';
import type { TokenizerChoice } from './tokens/tokenizerChoice.js';
import { chooseTokenizer } from './tokens/tokenizerPicker.js';

/** What the commands of the lenses work with. */
export interface LensServices {
  readonly engine: EngineClient;
  readonly catalog: ModelCatalog;
  readonly board: LensBoard;
  readonly counter: TokenCounter;
  readonly choice: TokenizerChoice;
  readonly models: LensModel;
  readonly comparison: ComparisonChoice;
}

/** Commands that this file handles. */
type LensCommand =
  | typeof commandIds.toggleTokenLens
  | typeof commandIds.toggleTokensPerLine
  | typeof commandIds.chooseTokenizer
  | typeof commandIds.showExpensiveLines
  | typeof commandIds.toggleProbabilityLens
  | typeof commandIds.chooseLensModel
  | typeof commandIds.compareModels
  | typeof commandIds.openLensMenu
  | typeof commandIds.switchOffLenses;

/** What each command of the lenses does. */
export function lensHandlers(services: LensServices, t: Translate): Pick<CommandHandlers, LensCommand> {
  const { engine, catalog, board, counter, choice, models, comparison } = services;
  const toggle = (id: LensId): Promise<void> =>
    withEditor(t, ({ document }) => board.set(id, document, !board.isOn(id, document)));
  return {
    [commandIds.toggleTokenLens]: () => toggle('tokens'),
    [commandIds.toggleTokensPerLine]: () => toggle('tokensPerLine'),
    [commandIds.chooseTokenizer]: () => chooseTokenizer({ engine, catalog, choice, t }),
    [commandIds.showExpensiveLines]: () => withEditor(t, (editor) => showExpensiveLines(editor, counter, t)),
    [commandIds.toggleProbabilityLens]: () => toggle('probability'),
    [commandIds.chooseLensModel]: () => chooseLensModel(models, catalog, t),
    [commandIds.compareModels]: () =>
      withEditor(t, ({ document }) => compareModels(document, { models, choice: comparison, board, t })),
    [commandIds.openLensMenu]: () => openLensMenu(board, t),
    [commandIds.switchOffLenses]: () => withEditor(t, ({ document }) => board.switchOff(document)),
  };
}

/** Runs an action on the editor in use; without one, says so. */
async function withEditor(t: Translate, act: (editor: vscode.TextEditor) => void | Promise<void>): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) return act(editor);
  showMessage('info', t('No editor is open. Open a file to look at it through a lens.'), []);
  return undefined;
}
