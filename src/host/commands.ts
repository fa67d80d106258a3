import * as vscode from 'vscode';
import { GlassboxError } from '../core/errors.js';
import type { Log } from '../core/log.js';
import { commandIds, type CommandId } from './commandIds.js';
import { nextSteps } from './completion/nextSteps.js';
import { errorSentence } from './errorSentences.js';
import { showMessage } from './faultNotices.js';
import type { Translate } from './translate.js';

/** What each command does. Arguments come from the menu, or from anybody's keybinding, so they are not trusted. */
export type CommandHandlers = Readonly<Record<CommandId, (argument: unknown) => unknown>>;

/** Registers every command of the manifest. What a command throws is told to the user, with a next step. */
export function registerCommands(handlers: CommandHandlers, log: Log, t: Translate): vscode.Disposable {
  const run = async (id: CommandId, argument: unknown): Promise<void> => {
    try {
      await handlers[id](argument);
    } catch (thrown) {
      const error = GlassboxError.from(thrown);
      if (error.code === 'cancelled') return;
      log.error(`${id}: ${error.code}, ${error.sentence}`);
      showMessage('warning', errorSentence(t, error), nextSteps(t, { kind: 'failed', error }));
    }
  };
  return vscode.Disposable.from(
    ...Object.values(commandIds).map((id) =>
      vscode.commands.registerCommand(id, (argument: unknown) => run(id, argument)),
    ),
  );
}
