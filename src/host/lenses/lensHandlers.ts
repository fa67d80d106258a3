import * as vscode from 'vscode';
import { commandIds } from '../commandIds.js';
import type { CommandHandlers } from '../commands.js';
import { showMessage } from '../faultNotices.js';
import type { Translate } from '../translate.js';
import type { LensId } from './lens.js';
import type { LensBoard } from './lensBoard.js';
import { openLensMenu } from './lensMenu.js';
import { showExpensiveLines } from './tokens/expensiveLines.js';
import type { TokenCounter } from './tokens/tokenCounter.js';
import type { TokenizerChoice } from './tokens/tokenizerChoice.js';
import { chooseTokenizer, type TokenizerPickerDeps } from './tokens/tokenizerPicker.js';

/** What the commands of the lenses work with. */
export interface LensServices {
  readonly board: LensBoard;
  readonly counter: TokenCounter;
  readonly choice: TokenizerChoice;
  readonly tokenizerPicker: TokenizerPickerDeps;
}

/** Commands that this file handles. */
type LensCommand =
  | typeof commandIds.toggleTokenLens
  | typeof commandIds.toggleTokensPerLine
  | typeof commandIds.chooseTokenizer
  | typeof commandIds.showExpensiveLines
  | typeof commandIds.openLensMenu
  | typeof commandIds.switchOffLenses;

/** What each command of the lenses does. */
export function lensHandlers(services: LensServices, t: Translate): Pick<CommandHandlers, LensCommand> {
  const { board, counter, tokenizerPicker } = services;
  const toggle = (id: LensId): Promise<void> =>
    withEditor(t, ({ document }) => board.set(id, document, !board.isOn(id, document)));
  return {
    [commandIds.toggleTokenLens]: () => toggle('tokens'),
    [commandIds.toggleTokensPerLine]: () => toggle('tokensPerLine'),
    [commandIds.chooseTokenizer]: () => chooseTokenizer(tokenizerPicker),
    [commandIds.showExpensiveLines]: () => withEditor(t, (editor) => showExpensiveLines(editor, counter, t)),
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
