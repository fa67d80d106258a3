import * as vscode from 'vscode';
import type { LensMark } from '../../core/lenses/lensMark.js';
import type { LensStyle } from './lens.js';

/** The decoration types of one lens: made when it first paints, used again for every picture in every editor. */
export class DecorationSet implements vscode.Disposable {
  private types: readonly vscode.TextEditorDecorationType[] | undefined;
  private readonly shown = new WeakMap<vscode.TextEditor, ShownMarks>();

  constructor(private readonly styles: readonly LensStyle[]) {}

  /** Paints these marks in an editor instead of the ones before. What is painted already is not sent again. */
  show(editor: vscode.TextEditor, marks: readonly LensMark[]): void {
    this.types ??= this.styles.map(({ options }) => vscode.window.createTextEditorDecorationType(options));
    const byStyle = this.styles.map((): LensMark[] => []);
    for (const mark of marks) byStyle[mark.style]?.push(mark);
    const before = this.shown.get(editor);
    const { version } = editor.document;
    this.shown.set(editor, { version, byStyle });
    for (const [style, type] of this.types.entries()) {
      const ofStyle = byStyle[style] ?? [];
      const last = before?.byStyle[style] ?? [];
      // The editor moves what is painted when the text changes.
      const isUpToDate = last.length === 0 || before?.version === version;
      if (isUpToDate && isSame(last, ofStyle)) continue;
      editor.setDecorations(type, this.optionsOf(style, ofStyle));
    }
  }

  /** Removes everything from an editor. */
  clear(editor: vscode.TextEditor): void {
    if (this.shown.has(editor)) this.show(editor, []);
  }

  dispose(): void {
    for (const type of this.types ?? []) type.dispose();
    this.types = undefined;
  }

  /** Plain ranges travel as a list of numbers, which is what keeps a full screen cheap. */
  private optionsOf(style: number, marks: readonly LensMark[]): vscode.Range[] | vscode.DecorationOptions[] {
    const drawLabel = this.styles[style]?.drawLabel;
    if (drawLabel === undefined) return marks.map(toRange);
    return marks.map((mark) => ({ range: toRange(mark), renderOptions: drawLabel(mark) }));
  }
}

/** What was painted last, by style, in which version of the text. */
interface ShownMarks {
  readonly version: number;
  readonly byStyle: readonly (readonly LensMark[])[];
}

function isSame(left: readonly LensMark[], right: readonly LensMark[]): boolean {
  return (
    left.length === right.length &&
    left.every((mark, index) => {
      const { line, start, end, label, labelStyle } = right[index]!;
      return (
        mark.line === line &&
        mark.start === start &&
        mark.end === end &&
        mark.label === label &&
        mark.labelStyle === labelStyle
      );
    })
  );
}

function toRange({ line, start, end }: LensMark): vscode.Range {
  return new vscode.Range(line, start, line, end);
}
