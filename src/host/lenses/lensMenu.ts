import * as vscode from 'vscode';
import { commandIds, type CommandId } from '../commandIds.js';
import type { Translate } from '../translate.js';
import type { LensBoard } from './lensBoard.js';
import type { LensId } from './lens.js';

interface Row extends vscode.QuickPickItem {
  readonly command?: CommandId;
}

/** Opens the menu behind the status item of the lenses and runs what was picked. */
export async function openLensMenu(board: LensBoard, t: Translate): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const isOn = (id: LensId): boolean => document !== undefined && board.isOn(id, document);
  const lens = (id: LensId, label: string, detail: string, command: CommandId): Row => ({
    label: `$(${isOn(id) ? 'check' : 'blank'}) ${label}`,
    detail,
    command,
  });
  const entry = (icon: string, label: string, command: CommandId): Row => ({ label: `$(${icon}) ${label}`, command });
  const rows: Row[] = [
    lens('tokens', t('Token Lens'), t('Where the tokens of the text begin and end'), commandIds.toggleTokenLens),
    lens(
      'tokensPerLine',
      t('Tokens per Line'),
      t('How many tokens begin in each line, written after it'),
      commandIds.toggleTokensPerLine,
    ),
    lens(
      'probability',
      t('Probability Lens'),
      t('How surprising each token is to a model'),
      commandIds.toggleProbabilityLens,
    ),
    lens('comparison', t('Comparison'), t('Where two models think differently of the text'), commandIds.compareModels),
    { label: t('Tokens'), kind: vscode.QuickPickItemKind.Separator },
    entry('symbol-ruler', t('Choose Tokenizer…'), commandIds.chooseTokenizer),
    entry('list-ordered', t('Most Expensive Lines…'), commandIds.showExpensiveLines),
    { label: t('Probability'), kind: vscode.QuickPickItemKind.Separator },
    entry('package', t('Choose Model…'), commandIds.chooseLensModel),
  ];
  const anyOn = document !== undefined && board.lensesOf(document).length > 0;
  const off: Row[] = anyOn ? [entry('circle-slash', t('Switch Off Lenses'), commandIds.switchOffLenses)] : [];
  const picked = await vscode.window.showQuickPick([...off, ...rows], {
    title: t('Lenses of This File'),
    matchOnDetail: true,
  });
  if (picked?.command !== undefined) await vscode.commands.executeCommand(picked.command);
}
