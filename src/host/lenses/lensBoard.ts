import * as vscode from 'vscode';
import type { Clock } from '../../core/clock.js';
import type { GlassboxError } from '../../core/errors.js';
import { readingLimits } from '../../core/lenses/readingPlan.js';
import type { Log } from '../../core/log.js';
import { DecorationSet } from './decorationSet.js';
import type { Lens, LensId } from './lens.js';
import type { LensMemory } from './lensMemory.js';
import { LensPainter } from './lensPainter.js';

/** What the {@link LensBoard} works with. */
export interface LensBoardDeps {
  readonly lenses: readonly Lens[];
  readonly memory: LensMemory;
  readonly clock: Clock;
  readonly log: Log;
}

/** While scrolling a picture is made this often; the margins are painted already. */
const scrollMs = 40;

/**
 * The lenses and the documents they are on in. Follows the editors on the screen: opened and closed, scrolled, changed,
 * and paints each anew. Colours need nothing: they are the theme's, and VS Code changes them.
 */
export class LensBoard implements vscode.Disposable {
  private readonly decorations = new Map<LensId, DecorationSet>();
  private readonly painters = new Map<vscode.TextEditor, Map<LensId, LensPainter>>();
  /** By lens and document. */
  private readonly faults = new Map<string, GlassboxError>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable;

  /** Fires after a lens was switched, failed, or works again. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly deps: LensBoardDeps) {
    const { window, workspace } = vscode;
    for (const { id, styles } of deps.lenses) this.decorations.set(id, new DecorationSet(styles));
    this.subscriptions = vscode.Disposable.from(
      window.onDidChangeVisibleTextEditors(() => this.followEditors()),
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        for (const painter of this.paintersOf(textEditor)) painter.paintWithin(scrollMs);
      }),
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.followCursor(textEditor)),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.forEditorsOf(document, (painter) => painter.paintWhenSettled());
      }),
      workspace.onDidCloseTextDocument((document) => this.forget(document)),
      // A document whose language is changed is closed and opened again under the editor that shows it.
      workspace.onDidOpenTextDocument((document) => this.forEditorsOf(document, (painter) => painter.paintWithin(0))),
    );
    this.followEditors();
  }

  /** The lenses that are on in a document. */
  lensesOf(document: vscode.TextDocument): readonly Lens[] {
    const ids = this.deps.memory.lensesOf(document.uri.toString());
    return this.deps.lenses.filter(({ id }) => ids.includes(id));
  }

  /** True when the lens is on in the document. */
  isOn(id: LensId, document: vscode.TextDocument): boolean {
    return this.lensesOf(document).some((lens) => lens.id === id);
  }

  /** Why a document cannot be painted now; undefined when it can. */
  faultOf(document: vscode.TextDocument): GlassboxError | undefined {
    const found = this.deps.lenses.map(({ id }) => this.faults.get(faultKey(id, document)));
    return found.find((fault) => fault !== undefined);
  }

  /** Switches a lens on or off in a document; one that paints on the text takes the place of another one. */
  set(id: LensId, document: vscode.TextDocument, on: boolean): void {
    const before = this.lensesOf(document);
    const lens = this.deps.lenses.find((candidate) => candidate.id === id);
    if (lens === undefined || before.includes(lens) === on) return;
    const kept = before.filter((other) => other !== lens && !(on && lens.layer === 'text' && other.layer === 'text'));
    this.remember(document, on ? [...kept, lens] : kept);
  }

  /** Switches off every lens of a document. */
  switchOff(document: vscode.TextDocument): void {
    this.remember(document, []);
  }

  /** Paints anew wherever these lenses are on, because what they show has changed: all of them when none is named. */
  repaint(...ids: readonly LensId[]): void {
    for (const painters of this.painters.values()) {
      for (const [id, painter] of painters) {
        if (ids.length === 0 || ids.includes(id)) painter.paintAnew();
      }
    }
  }

  /** Paints anew what could not be painted. */
  repaintFaulty(): void {
    for (const [editor, painters] of this.painters) {
      for (const [id, painter] of painters) {
        if (this.faults.has(faultKey(id, editor.document))) painter.paintWithin(0);
      }
    }
  }

  dispose(): void {
    this.subscriptions.dispose();
    for (const painters of this.painters.values()) for (const painter of painters.values()) painter.stop();
    for (const set of this.decorations.values()) set.dispose();
    this.changed.dispose();
  }

  private remember(document: vscode.TextDocument, lenses: readonly Lens[]): void {
    this.deps.memory.set(
      document.uri.toString(),
      lenses.map(({ id }) => id),
    );
    if (lenses.length === 0) this.forget(document);
    this.followEditors();
    this.changed.fire();
  }

  /** Gives every editor on the screen its painters, and stops those that are not wanted any more. */
  private followEditors(): void {
    const visible = new Set(vscode.window.visibleTextEditors);
    for (const [editor, painters] of this.painters) {
      if (visible.has(editor)) continue;
      for (const painter of painters.values()) painter.stop();
      this.painters.delete(editor);
    }
    for (const editor of visible) this.followLenses(editor);
  }

  private followLenses(editor: vscode.TextEditor): void {
    const lenses = this.lensesOf(editor.document);
    const painters = this.painters.get(editor) ?? new Map<LensId, LensPainter>();
    for (const [id, painter] of painters) {
      if (lenses.some((lens) => lens.id === id)) continue;
      painter.clear();
      painters.delete(id);
    }
    for (const lens of lenses) {
      if (painters.has(lens.id)) continue;
      const painter = this.createPainter(lens, editor);
      painters.set(lens.id, painter);
      painter.paintWithin(0);
    }
    if (painters.size > 0) this.painters.set(editor, painters);
    else this.painters.delete(editor);
  }

  /** In a line that is too long to be painted whole, what is painted goes with the cursor. */
  private followCursor({ document, selection }: vscode.TextEditor): void {
    const editors = [...this.painters.keys()].filter((editor) => editor.document === document);
    const { length } = document.lineAt(selection.active.line).text;
    if (editors.length === 0 || length <= readingLimits.lineCharacters) return;
    this.forEditorsOf(document, (painter) => painter.paintWithin(scrollMs));
  }

  private createPainter(lens: Lens, editor: vscode.TextEditor): LensPainter {
    const { clock, log } = this.deps;
    const key = faultKey(lens.id, editor.document);
    return new LensPainter({
      lens,
      editor,
      decorations: this.decorations.get(lens.id)!,
      clock,
      log,
      onFault: (fault) => {
        if (fault === undefined) this.faults.delete(key);
        else this.faults.set(key, fault);
        this.changed.fire();
      },
    });
  }

  private forget(document: vscode.TextDocument): void {
    for (const lens of this.deps.lenses) {
      this.faults.delete(faultKey(lens.id, document));
      lens.forget(document);
    }
  }

  private paintersOf(editor: vscode.TextEditor): Iterable<LensPainter> {
    return this.painters.get(editor)?.values() ?? [];
  }

  private forEditorsOf(document: vscode.TextDocument, act: (painter: LensPainter) => void): void {
    for (const editor of this.painters.keys()) {
      if (editor.document === document) for (const painter of this.paintersOf(editor)) act(painter);
    }
  }
}

function faultKey(id: LensId, document: vscode.TextDocument): string {
  return `${id} ${document.uri.toString()}`;
}
