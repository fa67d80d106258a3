import * as vscode from 'vscode';
import { GlassboxError } from '../../core/errors.js';
import { shiftOffset } from '../../core/nextTokens/shiftOffset.js';
import type { PinnedPlace } from '../../protocol/panels/nextTokensPanelContract.js';

/** A place in a document that keeps its place while the document is edited, closed and opened again. */
export class PinnedDocument implements vscode.Disposable {
  readonly digest: string;
  readonly #subscription: vscode.Disposable;
  #document: vscode.TextDocument;
  #offset: number | undefined;

  private constructor(document: vscode.TextDocument, { line, character, digest }: PinnedPlace) {
    this.digest = digest;
    this.#document = document;
    this.#offset = document.offsetAt(document.validatePosition(new vscode.Position(line, character)));
    const uri = document.uri.toString();
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document: changed, contentChanges }) => {
        if (changed.uri.toString() === uri) this.#shift(contentChanges);
      }),
      // Each time it is opened, a document is another object.
      vscode.workspace.onDidOpenTextDocument((opened) => {
        if (opened.uri.toString() === uri) this.#document = opened;
      }),
    );
  }

  /** Opens the document of a place, without showing it. @throws GlassboxError `file-unreadable`. */
  static async open(pinned: PinnedPlace): Promise<PinnedDocument> {
    try {
      const uri = vscode.Uri.parse(pinned.uri, true);
      return new PinnedDocument(await vscode.workspace.openTextDocument(uri), pinned);
    } catch (error) {
      throw GlassboxError.from(error, 'file-unreadable');
    }
  }

  get document(): vscode.TextDocument {
    return this.#document;
  }

  /** Where the place is now; undefined when the text around it was removed. */
  get position(): vscode.Position | undefined {
    return this.#offset === undefined ? undefined : this.#document.positionAt(this.#offset);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #shift(changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    if (this.#offset === undefined) return;
    this.#offset = shiftOffset(
      this.#offset,
      changes.map(({ rangeOffset, rangeLength, text }) => ({
        offset: rangeOffset,
        removedLength: rangeLength,
        insertedLength: text.length,
      })),
    );
  }
}
