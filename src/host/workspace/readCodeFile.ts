import * as vscode from 'vscode';
import { codeText } from '../../core/workspace/codeFiles.js';

/** The text of a code file as it is stored; undefined when it cannot be read, is no text, or nobody wrote it. */
export async function readCodeFile(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return codeText(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
