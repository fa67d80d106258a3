import * as vscode from 'vscode';
import type { Translate } from '../translate.js';
import { menuEntries, type MenuEntry } from './menuEntries.js';
import { statusView, type StatusInputs } from './statusView.js';

interface MenuItem extends vscode.QuickPickItem {
  readonly entry: MenuEntry;
}

/** Opens the menu behind the status item and runs what was picked. */
export async function openMenu(inputs: StatusInputs, t: Translate): Promise<void> {
  const picked = await vscode.window.showQuickPick(
    menuEntries(inputs, t).map((entry) => toItem(entry)),
    { title: 'Glassbox', placeHolder: statusView(inputs, t).sentence },
  );
  if (picked?.entry.kind !== 'command') return;
  const { command, argument } = picked.entry;
  await vscode.commands.executeCommand(command, ...(argument === undefined ? [] : [argument]));
}

function toItem(entry: MenuEntry): MenuItem {
  if (entry.kind === 'separator') return { entry, label: entry.label, kind: vscode.QuickPickItemKind.Separator };
  const { icon, label, description } = entry;
  return { entry, label: `$(${icon}) ${label}`, ...(description !== undefined && { description }) };
}
