import * as vscode from 'vscode';
import type { TextPosition } from '../../../core/completion/documentSnapshot.js';
import { throwIfAborted } from '../../../core/errors.js';
import { LruMap } from '../../../core/flow/lruMap.js';
import type { LineRange } from '../../../core/lenses/lensMark.js';
import { planReading, type Stretch } from '../../../core/lenses/readingPlan.js';
import { TokenizedStretch } from '../../../core/lenses/tokenizedStretch.js';
import type { EngineClient } from '../../../protocol/engineContract.js';
import type { ChosenTokenizer, TokenizerChoice } from './tokenizerChoice.js';

/** Tokens of the parts of a document that were looked at, at one version. */
export interface TokensRead {
  readonly version: number;
  readonly tokenizer: ChosenTokenizer;
  readonly stretches: readonly TokenizedStretch[];
}

/** Own choice: more documents than are on the screen at once. */
const rememberedDocuments = 8;

/** Which lines to read, and around what. */
export interface LinesToRead {
  /** Half-open, in order. */
  readonly lines: readonly LineRange[];
  /** In a line that is too long to be read whole, the part around it is read. */
  readonly cursor: TextPosition;
  /** Lines to read before and after them if anything is read, so that scrolling does not ask for every line. */
  readonly ahead: number;
}

/** The tokens of what is seen of documents. Only that is read, so that a file of any size costs the same. */
export class DocumentTokens {
  private readonly read = new LruMap<string, TokensRead>(rememberedDocuments);

  constructor(
    private readonly engine: EngineClient,
    private readonly choice: TokenizerChoice,
  ) {}

  /** What was read of the document as it is now; undefined when that is nothing. */
  known(document: vscode.TextDocument): TokensRead | undefined {
    const known = this.read.get(document.uri.toString());
    return known?.version === document.version ? known : undefined;
  }

  /**
   * The tokens of some lines.
   *
   * @throws GlassboxError `cancelled`, and why the engine cannot answer
   */
  async of(
    document: vscode.TextDocument,
    { lines, cursor, ahead }: LinesToRead,
    signal: AbortSignal,
  ): Promise<TokensRead> {
    const tokenizer = await this.choice.current();
    throwIfAborted(signal);
    const known = this.known(document);
    const lengths = { lineCount: document.lineCount, lengthOf: (line: number) => document.lineAt(line).text.length };
    if (known?.tokenizer.key === tokenizer.key) {
      const wanted = planReading(lengths, lines, cursor);
      if (wanted.every((stretch) => known.stretches.some((read) => covers(read, stretch)))) return known;
    }
    const { version } = document;
    const planned = planReading(lengths, withMargin(lines, ahead, document.lineCount), cursor);
    const stretches = await Promise.all(planned.map((stretch) => this.tokenize(document, stretch, tokenizer, signal)));
    const result = { version, tokenizer, stretches };
    if (document.version === version) this.read.set(document.uri.toString(), result);
    return result;
  }

  /** Forgets a document. */
  forget(document: vscode.TextDocument): void {
    this.read.delete(document.uri.toString());
  }

  private async tokenize(
    document: vscode.TextDocument,
    { readFrom, readTo, paintFrom, paintTo }: Stretch,
    { source }: ChosenTokenizer,
    signal: AbortSignal,
  ): Promise<TokenizedStretch> {
    const text = document.getText(range(readFrom, readTo));
    const start = document.getText(range(readFrom, paintFrom)).length;
    const valid = { start, end: start + document.getText(range(paintFrom, paintTo)).length };
    const columns = await this.engine.call('tokenizers/encode', { source, text, controlTokens: 'text' }, { signal });
    return new TokenizedStretch(text, columns, readFrom, valid);
  }
}

function covers(read: TokenizedStretch, { paintFrom, paintTo }: Stretch): boolean {
  return read.offsetAt(paintFrom) !== undefined && read.offsetAt(paintTo) !== undefined;
}

function withMargin(lines: readonly LineRange[], ahead: number, lineCount: number): readonly LineRange[] {
  return lines.map(({ start, end }, index) => ({
    start: index === 0 ? Math.max(0, start - ahead) : start,
    end: index === lines.length - 1 ? Math.min(lineCount, end + ahead) : end,
  }));
}

function range(start: TextPosition, end: TextPosition): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
