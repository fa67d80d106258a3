import { readWindow, type CursorWindow } from '../prompt/window.js';
import type { CompletionQuery } from './completionQuery.js';
import type { DocumentSnapshot, TextPosition, TextRange } from './documentSnapshot.js';

/**
 * What may stand right of the cursor without being in the way: brackets and quotes that the editor closed by itself,
 * then at most one mark that ends a statement or opens a block. Peer: Copilot's rule for the middle of a line.
 */
const closers = /^[)>}\]"'`]*\s*[:{;,]?$/;

/** Everything one request reads from its document, read once. The steps after it never touch the document. */
export interface CursorContext {
  readonly uri: string;
  readonly path: string;
  readonly languageId: string;
  readonly endOfLine: '\n' | '\r\n';
  readonly insertSpaces: boolean;
  readonly tabSize: number;
  readonly version: number;
  readonly lineCount: number;
  readonly position: TextPosition;
  readonly window: CursorWindow;
  /** What the document really holds left of the cursor when `currentLine` ends with an IntelliSense item, else `currentLine`. */
  readonly typedLine: string;
  /** Text that every candidate starts with: the selected IntelliSense item, else empty. */
  readonly forcedText: string;
  /** What every candidate replaces at least: the item's range, else the empty range at the cursor. */
  readonly range: TextRange;
  /** True when only blanks and closers stand right of the cursor (see {@link isClosersOnly}). */
  readonly restIsClosers: boolean;
  /** What the text must fit in front of. Closers right of the cursor are not part of it: the bracket stack decides about them. */
  readonly suffix: string;
}

/** Reads the document around the cursor. The position and the selected item must have passed the gate. */
export function readCursorContext(query: CompletionQuery): CursorContext {
  const { document, position, selectedSuggestion } = query;
  const line = document.lineAt(position.line);
  const range = selectedSuggestion?.range ?? { start: position, end: position };
  const forcedText = selectedSuggestion?.text ?? '';
  const window = readWindow(
    document,
    position.line,
    line.slice(0, range.start.character) + forcedText,
    line.slice(range.end.character),
  );
  const restIsClosers = isClosersOnly(window.restOfLine);
  const forcedUnits = forcedText.length - (position.character - range.start.character);
  return {
    ...documentFacts(document),
    position,
    window,
    typedLine: window.currentLine.slice(0, window.currentLine.length - forcedUnits),
    forcedText,
    range,
    restIsClosers,
    suffix: restIsClosers ? window.following : window.restOfLine + window.following,
  };
}

/** True when nothing right of the cursor would be pushed aside by a suggestion. */
export function isClosersOnly(restOfLine: string): boolean {
  return closers.test(restOfLine.trim());
}

function documentFacts(
  document: DocumentSnapshot,
): Pick<
  CursorContext,
  'uri' | 'path' | 'languageId' | 'endOfLine' | 'insertSpaces' | 'tabSize' | 'version' | 'lineCount'
> {
  const { uri, path, languageId, endOfLine, insertSpaces, tabSize, version, lineCount } = document;
  return { uri, path, languageId, endOfLine, insertSpaces, tabSize, version, lineCount };
}
