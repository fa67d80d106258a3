import * as vscode from 'vscode';
import type { Clock } from '../../core/clock.js';
import type { Translate } from '../translate.js';
import type { CodeSearch } from './codeSearch.js';

/** Reading that takes longer than this is shown with a button that stops it. Own choice. */
const patienceMs = 2_000;

/** Shows that code is read, where it can be stopped, also after the list was closed. Short work is not worth telling. */
export class IndexingNotice {
  private isShown = false;

  constructor(
    private readonly search: CodeSearch,
    private readonly clock: Clock,
    private readonly t: Translate,
  ) {}

  /** To be called when reading began. @param ended resolves when it has ended. */
  follow(ended: Promise<void>): void {
    if (this.isShown) return;
    this.isShown = true;
    const cancel = this.clock.schedule(() => void this.show(ended), patienceMs);
    void ended.then(() => {
      cancel();
      this.isShown = false;
    });
  }

  private show(ended: Promise<void>): Thenable<void> {
    const { search, t } = this;
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: t('Reading the code to find it by description'),
      cancellable: true,
    };
    return vscode.window.withProgress(options, async (progress, token) => {
      let shownShare = 0;
      const tell = (): void => {
        const { state } = search;
        if (state.kind !== 'reading' || state.fileCount === 0) return;
        const share = (100 * state.doneFileCount) / state.fileCount;
        const message = t('{0} of {1} files read', state.doneFileCount, state.fileCount);
        progress.report({ message, increment: share - shownShare });
        shownShare = share;
      };
      const following = search.onDidChange(tell);
      const stopping = token.onCancellationRequested(() => search.stop());
      tell();
      try {
        await ended;
      } finally {
        following.dispose();
        stopping.dispose();
      }
    });
  }
}
