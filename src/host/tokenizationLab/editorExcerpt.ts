import * as vscode from 'vscode';
import type { EditorPart, EditorSnapshot } from '../../protocol/panels/tokenizationLabContract.js';
import { tokenizationLabLimits } from '../../protocol/panels/tokenizationLabParams.js';
import type { EditorView } from '../panels/editorFocus.js';

/** The part of the editor's document that the lab asked for, with the line ends that the document has. */
export function readEditorPart(view: EditorView | undefined, part: EditorPart): EditorSnapshot {
  if (view === undefined) return { excerpt: undefined };
  const { document, selection } = view;
  if (part === 'selection' && selection.isEmpty) return { excerpt: undefined };
  const text = part === 'file' ? document.getText() : document.getText(selection);
  const limit = tokenizationLabLimits.textLength;
  return {
    excerpt: {
      fileName: vscode.workspace.asRelativePath(document.uri).split('/').at(-1) ?? '',
      text: text.slice(0, limit),
      isCut: text.length > limit,
    },
  };
}
