/** A place in a document: 0-based line, and UTF-16 units into that line. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** Half-open range of a document. */
export interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

/**
 * What the pipeline sees of an editor document at one version. Lines are read one by one, so that a request on a huge
 * file touches only the window around the cursor. Reading a line outside `[0, lineCount)` throws.
 */
export interface DocumentSnapshot {
  readonly uri: string;
  /** `file`, `untitled`, `vscode-notebook-cell`, ... */
  readonly scheme: string;
  /** Workspace-relative path with forward slashes; empty for untitled documents. */
  readonly path: string;
  readonly languageId: string;
  readonly version: number;
  readonly lineCount: number;
  readonly endOfLine: '\n' | '\r\n';
  readonly isReadonly: boolean;
  readonly insertSpaces: boolean;
  readonly tabSize: number;
  /** Text of one line without its line end. */
  lineAt(line: number): string;
}
