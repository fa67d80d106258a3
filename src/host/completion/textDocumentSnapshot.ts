import * as vscode from 'vscode';
import type { DocumentSnapshot, TextPosition, TextRange } from '../../core/completion/documentSnapshot.js';
import { workspacePath } from '../workspace/workspacePath.js';

/** What an editor adds to its document. */
export type IndentationOptions = Pick<vscode.TextEditorOptions, 'insertSpaces' | 'tabSize'>;

const defaultTabSize = 4;

/**
 * A thin view of a live document: lines are read when asked for, so a snapshot of a huge file costs nothing. It holds
 * for as long as the document has the same version; the pipeline reads it before its first `await`.
 */
export class TextDocumentSnapshot implements DocumentSnapshot {
  readonly uri: string;
  readonly scheme: string;
  readonly path: string;
  readonly languageId: string;
  readonly version: number;
  readonly lineCount: number;
  readonly endOfLine: '\n' | '\r\n';
  readonly isReadonly: boolean;
  readonly insertSpaces: boolean;
  readonly tabSize: number;

  constructor(
    private readonly document: vscode.TextDocument,
    options: IndentationOptions | undefined,
  ) {
    this.uri = document.uri.toString();
    this.scheme = document.uri.scheme;
    this.path = document.isUntitled ? '' : workspacePath(document.uri);
    this.languageId = document.languageId;
    this.version = document.version;
    this.lineCount = document.lineCount;
    this.endOfLine = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    this.isReadonly = vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) === false;
    this.insertSpaces = options?.insertSpaces !== false;
    this.tabSize = typeof options?.tabSize === 'number' ? options.tabSize : defaultTabSize;
  }

  lineAt(line: number): string {
    return this.document.lineAt(line).text;
  }
}

/** Editor position to the pipeline's. */
export function fromPosition(position: vscode.Position): TextPosition {
  return { line: position.line, character: position.character };
}

/** Editor range to the pipeline's. */
export function fromRange(range: vscode.Range): TextRange {
  return { start: fromPosition(range.start), end: fromPosition(range.end) };
}

/** The pipeline's range to the editor's. */
export function toRange(range: TextRange): vscode.Range {
  return new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
}
