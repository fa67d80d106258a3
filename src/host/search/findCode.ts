import * as vscode from 'vscode';
import type { Clock } from '../../core/clock.js';
import type { Log } from '../../core/log.js';
import { commandIds } from '../commandIds.js';
import { openSetting } from '../completion/nextSteps.js';
import { showMessage } from '../faultNotices.js';
import type { Translate } from '../translate.js';
import type { CodeSearch } from './codeSearch.js';
import { FindCodeBox } from './findCodeBox.js';
import { IndexingNotice } from './indexingNotice.js';
import { selectedQuestion } from './initialQuestion.js';
import type { SearchEncoder } from './searchEncoder.js';

/** What the command works with. */
export interface FindCodeDeps {
  readonly search: CodeSearch;
  readonly encoder: SearchEncoder;
  /** Documents that no model gets to see. */
  readonly isSecret: (document: vscode.TextDocument) => boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly t: Translate;
}

const limitSetting = 'glassbox.search.maxFiles';

/** Finds code by what a sentence says about it, or by code that is like it. */
export class FindCode implements vscode.Disposable {
  private readonly notice: IndexingNotice;

  constructor(private readonly deps: FindCodeDeps) {
    this.notice = new IndexingNotice(deps.search, deps.clock, deps.t);
  }

  /** Asks, and goes where the user chooses to. @throws GlassboxError when the engine cannot look for an encoder. */
  async show(): Promise<void> {
    const { encoder, search, isSecret, clock, log, t } = this.deps;
    if ((vscode.workspace.workspaceFolders ?? []).length === 0) {
      const open = { title: t('Open Folder…'), command: 'vscode.openFolder' as const };
      showMessage('info', t('No folder is open, so there is no code to find.'), [open]);
      return;
    }
    const question = selectedQuestion(vscode.window.activeTextEditor, isSecret);
    const box = new FindCodeBox({ search, clock, log, t }, question, () => this.refresh());
    const chosen = box.show();
    if ((await encoder.current().catch((error: unknown) => box.fail(error))) === undefined) {
      box.close();
      const steps = [{ title: t('Show Log'), command: commandIds.showLog }, openSetting(t, 'glassbox.search.model')];
      showMessage(
        'warning',
        t('No model was found that turns code into vectors, so code cannot be found by description.'),
        steps,
      );
      return;
    }
    this.refresh();
    if (await chosen) {
      const { command, argument } = openSetting(t, limitSetting);
      await vscode.commands.executeCommand(command, argument);
    }
  }

  /** Ends what is being read. */
  dispose(): void {
    this.deps.search.dispose();
  }

  private refresh(): void {
    this.notice.follow(this.deps.search.refresh());
  }
}
