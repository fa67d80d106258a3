import type { CompletionCandidate } from '../../src/core/completion/completionOutcome.js';
import type { CompletionQuery, CompletionSettings } from '../../src/core/completion/completionQuery.js';
import type { DocumentSnapshot, TextPosition } from '../../src/core/completion/documentSnapshot.js';

/** Stands for the cursor in the texts of tests. */
export const cursorMark = '‸';

/** A document made from a string; counts how often a line is read. */
export class DocumentText implements DocumentSnapshot {
  readonly uri: string = 'file:///project/src/file.ts';
  readonly scheme: string = 'file';
  readonly path: string = 'src/file.ts';
  readonly languageId: string = 'typescript';
  readonly version: number = 1;
  readonly endOfLine: '\n' | '\r\n';
  readonly isReadonly: boolean = false;
  readonly insertSpaces: boolean = true;
  readonly tabSize: number = 4;
  readonly lines: readonly string[];
  reads = 0;

  constructor(text: string, facts: Partial<Omit<DocumentSnapshot, 'lineAt' | 'lineCount'>> = {}) {
    this.lines = text.split(/\r\n|\n/);
    this.endOfLine = text.includes('\r\n') ? '\r\n' : '\n';
    Object.assign(this, facts);
  }

  get lineCount(): number {
    return this.lines.length;
  }

  lineAt(line: number): string {
    const text = this.lines[line];
    if (text === undefined) throw new RangeError(`line ${String(line)} of ${String(this.lines.length)}`);
    this.reads++;
    return text;
  }

  /** The whole text with the document's line ends. */
  get text(): string {
    return this.lines.join(this.endOfLine);
  }
}

/** Parts of a query that a test changes, and facts of its document. */
export type QueryChanges = Partial<Omit<CompletionQuery, 'document' | 'position'>> & {
  readonly document?: Partial<Omit<DocumentSnapshot, 'lineAt' | 'lineCount'>>;
};

/** A query of the test's own document, so that tests can look into it. */
export interface TextQuery extends CompletionQuery {
  readonly document: DocumentText;
}

/** A query for the place marked by `‸` in a text. */
export function queryAt(marked: string, changes: QueryChanges = {}): TextQuery {
  const before = marked.slice(0, marked.indexOf(cursorMark)).split(/\r\n|\n/);
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  const { document: facts, ...rest } = changes;
  return {
    document: new DocumentText(marked.replace(cursorMark, ''), facts),
    position,
    trigger: 'automatic',
    selections: [{ anchor: position, active: position }],
    selectedSuggestion: undefined,
    isComposing: false,
    ...rest,
  };
}

/** Everything switched on. */
export const openSettings: CompletionSettings = {
  enabled: true,
  languages: { '*': true },
  secretFiles: [],
  multiLine: 'auto',
  maxLines: 12,
  memory: 'off',
  snoozedUntilMs: 0,
};

/** The document after accepting a candidate, with `‸` where the cursor then stands. */
export function accept(document: DocumentText, { range, text }: CompletionCandidate): string {
  const start = offsetAt(document, range.start);
  const end = offsetAt(document, range.end);
  return document.text.slice(0, start) + text + cursorMark + document.text.slice(end);
}

function offsetAt(document: DocumentText, { line, character }: TextPosition): number {
  const above = document.lines.slice(0, line).reduce((sum, text) => sum + text.length + document.endOfLine.length, 0);
  return above + character;
}
