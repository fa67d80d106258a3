import * as vscode from 'vscode';
import { GlassboxError } from '../../../core/errors.js';

import { visibleText } from '../../../core/lenses/visibleText.js';
import { mostExpensiveLines } from '../../../core/tokenizer/lineCosts.js';
import { shorten } from '../../shorten.js';
import type { Translate } from '../../translate.js';
import { percent, wholeNumber } from '../numbers.js';
import type { FileCount, TokenCounter } from './tokenCounter.js';

/** Own choices. */
const shownLines = 50;
const shownCharacters = 80;

interface Row extends vscode.QuickPickItem {
  readonly line: number;
}

/**
 * Lists the lines with the most tokens; moving through the list shows each, choosing one goes there, and leaving the list
 * leaves the editor as it was.
 *
 * @throws GlassboxError when they cannot be counted
 */
export async function showExpensiveLines(
  editor: vscode.TextEditor,
  counter: TokenCounter,
  t: Translate,
): Promise<void> {
  const before = { selections: editor.selections, visible: editor.visibleRanges[0] };
  const chosen = await pick(editor, counter, t);
  if (chosen !== undefined) return;
  editor.selections = before.selections;
  if (before.visible !== undefined) editor.revealRange(before.visible, vscode.TextEditorRevealType.AtTop);
}

/** The list is there at once; counting a large file goes on behind it and ends with it. */
function pick(editor: vscode.TextEditor, counter: TokenCounter, t: Translate): Promise<Row | undefined> {
  const box = vscode.window.createQuickPick<Row>();
  const closed = new AbortController();
  box.title = t('Most Expensive Lines');
  box.placeholder = t('Counting tokens…');
  box.busy = true;
  box.matchOnDescription = true;
  return new Promise((resolve, reject) => {
    let chosen: Row | undefined;
    box.onDidChangeActive(([row]) => row !== undefined && show(editor, row.line));
    box.onDidAccept(() => {
      chosen = box.activeItems[0];
      box.hide();
    });
    box.onDidHide(() => {
      closed.abort();
      box.dispose();
      resolve(chosen);
    });
    box.show();
    counter.count(editor.document, closed.signal).then(
      (count) => {
        box.busy = false;
        box.placeholder = t(
          '{0} tokens in the file, tokenizer {1}',
          wholeNumber(count.tokenCount),
          count.tokenizer.name,
        );
        box.items = rows(editor.document, count, t);
      },
      (error: unknown) => {
        reject(GlassboxError.from(error));
        box.hide();
      },
    );
  });
}

function rows(document: vscode.TextDocument, { lines, tokenCount }: FileCount, t: Translate): Row[] {
  return mostExpensiveLines(document.getText(), lines, shownLines)
    .filter(({ line }) => line < document.lineCount)
    .map(({ line, tokenCount: tokens, utf16Length }) => {
      const perToken = (utf16Length / tokens).toFixed(1);
      const share = percent(tokens / tokenCount);
      const text = document.lineAt(line).text.trim();
      return {
        line,
        label: tokens === 1 ? t('1 token') : t('{0} tokens', wholeNumber(tokens)),
        description: t('line {0} · {1} characters per token · {2} of the file', wholeNumber(line + 1), perToken, share),
        detail: shorten(visibleText(text.slice(0, 4 * shownCharacters)), shownCharacters),
      };
    });
}

function show(editor: vscode.TextEditor, line: number): void {
  const { range } = editor.document.lineAt(line);
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
