import type * as vscode from 'vscode';
import type { Clock } from '../../core/clock.js';
import { GlassboxError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import type { DecorationSet } from './decorationSet.js';
import type { LineRange } from '../../core/lenses/lensMark.js';
import type { Lens, LensPicture, LensView } from './lens.js';

/** Own choice: the editor has drawn the first part by then, and what follows is not yet missed. */
const restMs = 60;

/** What a {@link LensPainter} works with. */
export interface LensPainterDeps {
  readonly lens: Lens;
  readonly editor: vscode.TextEditor;
  readonly decorations: DecorationSet;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when painting failed or works again; undefined is the good news. */
  readonly onFault: (fault: GlassboxError | undefined) => void;
}

/**
 * Keeps the picture of one lens in one editor up to date. Work for a state that is past is cancelled; there is never
 * more than one look under way.
 */
export class LensPainter {
  private cancelTimer: (() => void) | undefined;
  private dueMs = 0;
  private looking: AbortController | undefined;
  private cancelRest: (() => void) | undefined;
  /** The lines that were on the screen when something was painted. */
  private painted: readonly LineRange[] = [];

  constructor(private readonly deps: LensPainterDeps) {}

  /** Paints after a moment; a moment that is already set stays when it is sooner. */
  paintWithin(delayMs: number): void {
    const { clock } = this.deps;
    if (this.cancelTimer !== undefined && this.dueMs <= clock.now() + delayMs) return;
    this.setTimer(delayMs);
  }

  /** Paints when the text has stayed as it is for a moment; what is under way is of no use any more. */
  paintWhenSettled(): void {
    this.looking?.abort();
    this.setTimer(this.deps.lens.settleMs);
  }

  /** Paints at once, because what is under way is of no use any more. */
  paintAnew(): void {
    this.looking?.abort();
    this.setTimer(0);
  }

  /** Stops, because the editor is gone. */
  stop(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    this.looking?.abort();
    this.cancelRest?.();
  }

  /** Stops and removes what is painted. */
  clear(): void {
    this.stop();
    this.painted = [];
    this.deps.decorations.clear(this.deps.editor);
  }

  private setTimer(delayMs: number): void {
    const { clock } = this.deps;
    this.cancelTimer?.();
    this.dueMs = clock.now() + delayMs;
    this.cancelTimer = clock.schedule(() => {
      this.cancelTimer = undefined;
      void this.paint();
    }, delayMs);
  }

  private async paint(): Promise<void> {
    const { lens, editor, log, onFault } = this.deps;
    this.looking?.abort();
    const looking = new AbortController();
    this.looking = looking;
    const { signal } = looking;
    const view = viewOf(editor);
    const { version } = view.document;
    try {
      await lens.look(
        view,
        (picture) => {
          if (!signal.aborted && view.document.version === version) this.show(picture, view);
        },
        signal,
      );
      if (!signal.aborted) onFault(undefined);
    } catch (thrown) {
      const error = GlassboxError.from(thrown);
      if (signal.aborted || error.code === 'cancelled') return;
      log.warn(`lens ${lens.id}: ${error.code}, ${error.message}`);
      onFault(error);
    } finally {
      if (this.looking === looking) this.looking = undefined;
    }
  }

  /** Where nothing is painted yet, a part of the picture is on the screen before the rest is drawn. */
  private show({ marks, first }: LensPicture, { seen, document }: LensView): void {
    const { editor, decorations, clock } = this.deps;
    this.cancelRest?.();
    this.cancelRest = undefined;
    const isNew = seen.every(({ start, end }) => !this.painted.some((range) => range.start < end && start < range.end));
    this.painted = seen;
    if (!isNew || first === undefined || first >= marks.length) {
      decorations.show(editor, marks);
      return;
    }
    const { version } = document;
    decorations.show(editor, marks.slice(0, first));
    this.cancelRest = clock.schedule(() => {
      if (document.version === version) decorations.show(editor, marks);
    }, restMs);
  }
}

/** The editor as it is now. */
export function viewOf(editor: vscode.TextEditor): LensView {
  const seen = editor.visibleRanges.map(({ start, end }) => ({ start: start.line, end: end.line + 1 }));
  return { editor, document: editor.document, seen };
}
