import * as vscode from 'vscode';
import type { CompletionQuery } from '../../core/completion/completionQuery.js';
import type { CompositionDetector } from './compositionDetector.js';
import { linesOfEarlierCells, precedingLineLimit, withPrecedingLines, type CellText } from './precedingLines.js';
import { TextDocumentSnapshot, fromPosition, fromRange } from './textDocumentSnapshot.js';

/** A query, and how many lines of earlier notebook cells stand in front of the document in it. */
export interface ReadQuery {
  readonly query: CompletionQuery;
  readonly precedingLineCount: number;
}

/** Turns what the editor shows into a query of the pipeline. */
export class QueryReader {
  constructor(private readonly composition: CompositionDetector) {}

  /** What the pipeline may look at for a cursor in a document, as it is now. */
  read(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: Partial<vscode.InlineCompletionContext> = {},
  ): ReadQuery {
    const editor = editorOf(document);
    const automatic = context.triggerKind !== vscode.InlineCompletionTriggerKind.Invoke;
    const selected = context.selectedCompletionInfo;
    const query: CompletionQuery = {
      document: new TextDocumentSnapshot(document, editor?.options),
      position: fromPosition(position),
      trigger: automatic ? 'automatic' : 'explicit',
      selections: selectionsAt(editor, position),
      selectedSuggestion: selected && { text: selected.text, range: fromRange(selected.range) },
      isComposing: automatic && this.composition.isComposingAt(document.uri.toString(), document.offsetAt(position)),
    };
    const preceding = earlierCellLines(document);
    return { query: withPrecedingLines(query, preceding), precedingLineCount: preceding.length };
  }
}

function editorOf(document: vscode.TextDocument): vscode.TextEditor | undefined {
  const active = vscode.window.activeTextEditor;
  if (active?.document === document) return active;
  return vscode.window.visibleTextEditors.find((editor) => editor.document === document);
}

/**
 * The editor's selections with the primary one at `position`. The editor reports selections a little later than text:
 * a primary selection that does not end at the position asked for is from before the last key.
 */
function selectionsAt(editor: vscode.TextEditor | undefined, position: vscode.Position): CompletionQuery['selections'] {
  const [primary, ...others] = editor?.selections ?? [];
  const anchor = primary?.active.isEqual(position) === true ? primary.anchor : position;
  return [
    { anchor: fromPosition(anchor), active: fromPosition(position) },
    ...others.map((selection) => ({ anchor: fromPosition(selection.anchor), active: fromPosition(selection.active) })),
  ];
}

function earlierCellLines(document: vscode.TextDocument): readonly string[] {
  if (document.uri.scheme !== 'vscode-notebook-cell') return [];
  const notebook = vscode.workspace.notebookDocuments.find((open) =>
    open.getCells().some((cell) => cell.document === document),
  );
  const cells = notebook?.getCells() ?? [];
  const index = cells.findIndex((cell) => cell.document === document);
  const earlier = cells.slice(0, Math.max(0, index)).map((cell) => cellText(cell.document));
  return linesOfEarlierCells(earlier, document.languageId);
}

/** A cell that is too long to be used is not read; a line count beyond the limit drops it. */
function cellText(document: vscode.TextDocument): CellText {
  const { languageId, lineCount } = document;
  const count = Math.min(lineCount, precedingLineLimit);
  return { languageId, lines: Array.from({ length: count }, (_, line) => document.lineAt(line).text) };
}
