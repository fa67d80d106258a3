import * as vscode from 'vscode';
import type { CodeBlock } from '../../core/search/codeBlock.js';

/** What is asked before anything is typed. */
export interface InitialQuestion {
  /** The text that is looked for. */
  readonly text: string;
  /** What stands in the box for it: one line. */
  readonly shown: string;
  /** True for the block that was selected itself: only others are like it. */
  readonly leavesOut: (file: string, block: CodeBlock) => boolean;
}

/** UTF-16 units: an encoder reads no more. */
const mostLength = 2_000;
const mostShown = 120;

/** The selected text as a question; undefined when nothing is selected, or where no model may look. */
export function selectedQuestion(
  editor: vscode.TextEditor | undefined,
  isSecret: (document: vscode.TextDocument) => boolean,
): InitialQuestion | undefined {
  if (editor === undefined || editor.selection.isEmpty || isSecret(editor.document)) return undefined;
  const { document, selection } = editor;
  const end = document.positionAt(document.offsetAt(selection.start) + mostLength);
  const text = document.getText(selection.intersection(new vscode.Range(selection.start, end)) ?? selection);
  const shown = text.trim().replaceAll(/\s+/g, ' ');
  if (shown === '') return undefined;
  const key = document.uri.toString();
  const [first, last] = [selection.start.line, selection.end.line];
  return {
    text,
    shown: shown.slice(0, mostShown),
    leavesOut: (file, block) => first < last && file === key && block.start <= last && block.end > first,
  };
}
