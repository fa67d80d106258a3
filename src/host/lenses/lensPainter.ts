import type * as vscode from 'vscode';
import type { Clock } from '../../core/clock.js';
import { GlassboxError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import type { DecorationSet } from './decorationSet.js';
import type { LineRange } from '../../core/lenses/lensMark.js';
import type { Lens, LensPicture } from './lens.js';

const nothing: LineRange = { start: 0, end: 0 };

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
  /** From the first line with a mark to the last. */
  private painted: LineRange = nothing;

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
  }

  /** Stops and removes what is painted. */
  clear(): void {
    this.stop();
    this.painted = nothing;
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
    const { document } = editor;
    const { version } = document;
    const seen = seenLines(editor);
    const isBare = seen.every(({ start, end }) => end <= this.painted.start || this.painted.end <= start);
    try {
      await lens.look(
        { editor, document, seen, isBare },
        (picture) => {
          if (!signal.aborted && document.version === version) this.show(picture);
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

  private show({ marks }: LensPicture): void {
    const lines = marks.map(({ line }) => line);
    this.painted = marks.length === 0 ? nothing : { start: Math.min(...lines), end: Math.max(...lines) + 1 };
    this.deps.decorations.show(this.deps.editor, marks);
  }
}

/** The lines on the screen, half-open, in order; several where code is folded. */
export function seenLines(editor: vscode.TextEditor): readonly LineRange[] {
  return editor.visibleRanges.map(({ start, end }) => ({ start: start.line, end: end.line + 1 }));
}
