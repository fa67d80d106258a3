import * as vscode from 'vscode';
import { snoozeMinutes } from '../commandIds.js';
import { snoozeLabel } from '../status/menuEntries.js';
import type { Translate } from '../translate.js';
import type { Snooze } from './snooze.js';

/** Pauses completion for `minutes`, ends the pause for 0, and asks when anything else is given. */
export async function snoozeCompletion(snooze: Snooze, minutes: unknown, t: Translate): Promise<void> {
  const chosen = snoozeMinutes.find((offered) => offered === minutes) ?? (minutes === 0 ? 0 : await ask(snooze, t));
  if (chosen === undefined) return;
  if (chosen === 0) {
    snooze.end();
    return;
  }
  snooze.start(chosen);
  await vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
}

async function ask(snooze: Snooze, t: Translate): Promise<number | undefined> {
  const end = { label: `$(bell) ${t('End Snooze')}`, minutes: 0 };
  const offered = snoozeMinutes.map((minutes) => ({ label: `$(bell-slash) ${snoozeLabel(minutes, t)}`, minutes }));
  const picked = await vscode.window.showQuickPick(snooze.remainingMinutes > 0 ? [end, ...offered] : offered, {
    title: t('Snooze Completion'),
  });
  return picked?.minutes;
}
