import type { DocumentSnapshot, TextPosition } from '../core/completion/documentSnapshot.js';
import { GlassboxError } from '../core/errors.js';

/** Lines to look at for the indentation; editors guess from the beginning of the file as well. */
const maxLinesForIndentation = 1000;
const defaultTabSize = 4;

/** A text as the pipeline sees an editor's document. */
export interface TextDocumentOptions {
  readonly uri: string;
  /** Workspace-relative path with forward slashes; may be empty. */
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
}

/** Takes a snapshot of a whole text. Line ends and indentation are read off the text, as an editor does on opening. */
export function createTextDocument({ uri, path, languageId, text }: TextDocumentOptions): DocumentSnapshot {
  const lines = text.split(/\r\n|\r|\n/);
  const crlfCount = text.split('\r\n').length - 1;
  return {
    uri,
    scheme: 'file',
    path,
    languageId,
    version: 1,
    lineCount: lines.length,
    endOfLine: crlfCount * 2 > lines.length - 1 ? '\r\n' : '\n',
    isReadonly: false,
    ...guessIndentation(lines),
    lineAt(line) {
      const content = lines[line];
      if (content === undefined) {
        throw new GlassboxError('bad-request', `Line ${line} is outside the document of ${lines.length} lines.`);
      }
      return content;
    },
  };
}

/**
 * Checks that a position lies in the document.
 *
 * @throws GlassboxError `bad-request` that names the last line, or the last column of the line.
 */
export function assertInside(document: DocumentSnapshot, { line, character }: TextPosition): void {
  if (line >= document.lineCount) {
    throw new GlassboxError('bad-request', `Line ${line + 1} is past the end of ${document.path}.`, {
      action: `Its last line is ${document.lineCount}.`,
    });
  }
  const lastColumn = document.lineAt(line).length + 1;
  if (character + 1 > lastColumn) {
    throw new GlassboxError('bad-request', `Column ${character + 1} is past the end of line ${line + 1}.`, {
      action: `Its last column is ${lastColumn}.`,
    });
  }
}

function guessIndentation(lines: readonly string[]): { insertSpaces: boolean; tabSize: number } {
  let tabbed = 0;
  let spaced = 0;
  let narrowest = Number.POSITIVE_INFINITY;
  for (const line of lines.slice(0, maxLinesForIndentation)) {
    const indentation = /^(?:\t+| {2,})(?=\S)/.exec(line)?.[0];
    if (indentation === undefined) continue;
    if (indentation.startsWith('\t')) tabbed++;
    else {
      spaced++;
      narrowest = Math.min(narrowest, indentation.length);
    }
  }
  return { insertSpaces: spaced >= tabbed, tabSize: Number.isFinite(narrowest) ? narrowest : defaultTabSize };
}
