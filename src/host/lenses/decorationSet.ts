import * as vscode from 'vscode';
import type { LensMark } from '../../core/lenses/lensMark.js';
import type { LensStyle } from './lens.js';

/** The decoration types of one lens: made when it first paints, used again for every picture in every editor. */
export class DecorationSet implements vscode.Disposable {
  private types: readonly vscode.TextEditorDecorationType[] | undefined;
  /** Styles that have marks in an editor, so that empty ones are not sent again and again. */
  private readonly used = new WeakMap<vscode.TextEditor, Set<number>>();

  constructor(private readonly styles: readonly LensStyle[]) {}

  /** Paints these marks in an editor instead of the ones before. */
  show(editor: vscode.TextEditor, marks: readonly LensMark[]): void {
    this.types ??= this.styles.map(({ options }) => vscode.window.createTextEditorDecorationType(options));
    const byStyle = this.styles.map((): LensMark[] => []);
    for (const mark of marks) byStyle[mark.style]?.push(mark);
    const used = this.used.get(editor) ?? new Set<number>();
    this.used.set(editor, used);
    for (const [style, type] of this.types.entries()) {
      const ofStyle = byStyle[style] ?? [];
      if (ofStyle.length === 0 && !used.has(style)) continue;
      // Plain ranges travel as a list of numbers, which is what keeps a full screen cheap.
      const drawLabel = this.styles[style]?.drawLabel;
      if (drawLabel === undefined) editor.setDecorations(type, ofStyle.map(toRange));
      else {
        editor.setDecorations(
          type,
          ofStyle.map((mark) => ({ range: toRange(mark), renderOptions: drawLabel(mark) })),
        );
      }
      if (ofStyle.length === 0) used.delete(style);
      else used.add(style);
    }
  }

  /** Removes everything from an editor. */
  clear(editor: vscode.TextEditor): void {
    if (this.used.has(editor)) this.show(editor, []);
  }

  dispose(): void {
    for (const type of this.types ?? []) type.dispose();
    this.types = undefined;
  }
}

function toRange({ line, start, end }: LensMark): vscode.Range {
  return new vscode.Range(line, start, line, end);
}
