import * as vscode from 'vscode';
import type { CompletionPipeline } from '../../core/completion/completionPipeline.js';
import type { CompositionDetector } from './compositionDetector.js';
import type { QueryReader } from './queryReader.js';

/** Tells the pipeline, and the guess about input methods, what happens in the editors. */
export function followDocuments(
  pipeline: Pick<CompletionPipeline, 'cursorMoved' | 'documentChanged' | 'documentClosed'>,
  queries: QueryReader,
  composition: CompositionDetector,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const uri = document.uri.toString();
      composition.record(
        uri,
        contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
          offset: rangeOffset,
          removedLength: rangeLength,
          text,
        })),
      );
      if (contentChanges.length > 0) pipeline.documentChanged(uri);
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
      const [primary] = selections;
      if (primary === undefined || textEditor !== vscode.window.activeTextEditor) return;
      pipeline.cursorMoved(queries.read(textEditor.document, primary.active).query);
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      const uri = document.uri.toString();
      composition.forget(uri);
      pipeline.documentClosed(uri);
    }),
  );
}
