import * as vscode from 'vscode';
import type { InsertOutcome } from '../../protocol/panels/nextTokensPanelContract.js';
import type { Translate } from '../translate.js';
import type { PinnedDocument } from './pinnedDocument.js';

/**
 * Puts the text of a branch into its document, at the place where it was made as far as edits have moved it, in one step
 * for undo and with the document's own line ends; the cursor goes to its end.
 */
export async function insertBranch(
  pinned: PinnedDocument | undefined,
  text: string,
  t: Translate,
): Promise<InsertOutcome> {
  if (pinned?.position === undefined) return placeGone(t);
  const { uri } = pinned.document;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) {
    return { kind: 'refused', sentence: t('This document is read-only.') };
  }
  const editor = await vscode.window.showTextDocument(uri, { viewColumn: columnOf(uri.toString()) });
  // Showing takes a moment in which the document may have been edited.
  const place = positionOf(pinned);
  if (place === undefined) return placeGone(t);
  const { document } = editor;
  const withLineEnds = document.eol === vscode.EndOfLine.CRLF ? text.replaceAll('\n', '\r\n') : text;
  const start = document.offsetAt(place);
  const isDone = await editor.edit((edit) => edit.insert(place, withLineEnds), {
    undoStopBefore: true,
    undoStopAfter: true,
  });
  if (!isDone) {
    return { kind: 'refused', sentence: t('The editor did not accept the text: the document may be read-only.') };
  }
  const end = document.positionAt(start + withLineEnds.length);
  editor.selection = new vscode.Selection(end, end);
  editor.revealRange(new vscode.Range(place, end));
  return { kind: 'inserted' };
}

/** Where a document is shown; the first column when it is not. */
export function columnOf(uri: string): vscode.ViewColumn {
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  return shown?.viewColumn ?? vscode.ViewColumn.One;
}

/** A function, because the compiler takes a property for what it was before the `await`. */
function positionOf(pinned: PinnedDocument): vscode.Position | undefined {
  return pinned.position;
}

function placeGone(t: Translate): InsertOutcome {
  const sentence = t('The place at which the branch began is no longer in the document, so nothing was inserted.');
  return { kind: 'refused', sentence };
}
