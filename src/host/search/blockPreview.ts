import * as vscode from 'vscode';
import type { CodeBlock } from '../../core/search/codeBlock.js';
import type { FoundBlock } from '../../core/search/rankBlocks.js';
import { relocateBlock } from '../../core/search/relocateBlock.js';

/** The editor that was active when the list was opened. */
interface EarlierPlace {
  readonly document: vscode.TextDocument;
  readonly viewColumn: vscode.ViewColumn | undefined;
  readonly selections: readonly vscode.Selection[];
  readonly visible: vscode.Range | undefined;
  readonly isPreview: boolean;
}

/** Shows found blocks in the editor while the list is open, and puts everything back when none was chosen. */
export class BlockPreview {
  private readonly before = earlierPlace();
  private readonly openBefore = new Set(textTabs().map(({ uri }) => uri));
  private readonly mark = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    isWholeLine: true,
  });
  private marked: vscode.TextEditor | undefined;
  private hasShown = false;
  /** One after the other: an editor that opens late would come after what closes it. */
  private last: Promise<void> = Promise.resolve();
  private wanted: FoundBlock | undefined;

  /** Shows a block; only the newest of several that wait is shown. */
  show(found: FoundBlock): Promise<void> {
    this.wanted = found;
    return this.afterLast(async () => {
      if (this.wanted !== found) return;
      this.hasShown = true;
      const editor = await openEditor(found.file, { preview: true, preserveFocus: true });
      const range = rangeOf(editor.document, found.block);
      this.unmark();
      editor.setDecorations(this.mark, [range]);
      this.marked = editor;
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    });
  }

  /** Opens a block to stay, and selects it. */
  accept(found: FoundBlock): Promise<void> {
    this.wanted = undefined;
    return this.afterLast(async () => {
      this.end();
      const editor = await openEditor(found.file, { preview: false });
      const range = rangeOf(editor.document, found.block);
      editor.selection = new vscode.Selection(range.start, range.end);
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    });
  }

  /** Shows what was shown before the first block. */
  restore(): Promise<void> {
    this.wanted = undefined;
    return this.afterLast(async () => {
      this.end();
      if (!this.hasShown) return;
      const opened = textTabs().filter(({ uri, tab }) => tab.isPreview && !this.openBefore.has(uri));
      const { before } = this;
      if (before !== undefined) {
        const { document, viewColumn, isPreview: preview } = before;
        const editor = await vscode.window.showTextDocument(document, {
          preview,
          ...(viewColumn !== undefined && { viewColumn }),
        });
        editor.selections = before.selections;
        if (before.visible !== undefined) editor.revealRange(before.visible, vscode.TextEditorRevealType.AtTop);
      }
      const left = opened.filter(({ tab }) => vscode.window.tabGroups.all.some(({ tabs }) => tabs.includes(tab)));
      if (left.length > 0)
        await vscode.window.tabGroups.close(
          left.map(({ tab }) => tab),
          true,
        );
    });
  }

  private afterLast(action: () => Promise<void>): Promise<void> {
    const done = this.last.then(action);
    this.last = done.catch(() => undefined);
    return done;
  }

  private unmark(): void {
    this.marked?.setDecorations(this.mark, []);
    this.marked = undefined;
  }

  private end(): void {
    this.mark.dispose();
    this.marked = undefined;
  }
}

function earlierPlace(): EarlierPlace | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { document, viewColumn, selections, visibleRanges } = editor;
  const isPreview = vscode.window.tabGroups.activeTabGroup.activeTab?.isPreview === true;
  return { document, viewColumn, selections: [...selections], visible: visibleRanges[0], isPreview };
}

function textTabs(): readonly { readonly uri: string; readonly tab: vscode.Tab }[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap((tab) => (tab.input instanceof vscode.TabInputText ? [{ uri: tab.input.uri.toString(), tab }] : []));
}

async function openEditor(file: string, options: vscode.TextDocumentShowOptions): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(file));
  return vscode.window.showTextDocument(document, options);
}

/** From the first line of a block to the end of its last. */
function rangeOf(document: vscode.TextDocument, block: CodeBlock): vscode.Range {
  const lineAt = (line: number): string => document.lineAt(line).text;
  const { start, end } = relocateBlock({ lineCount: document.lineCount, lineAt }, block);
  return new vscode.Range(start, 0, end - 1, document.lineAt(end - 1).text.length);
}
