import type * as vscode from 'vscode';
import type { LensMark, LineRange } from '../../core/lenses/lensMark.js';

/** Names a lens; also the key under which the workspace remembers it. */
export type LensId = 'tokens' | 'tokensPerLine' | 'probability' | 'comparison';

/** One look of a lens: a decoration type, made once, that all marks of this style share. */
export interface LensStyle {
  readonly options: vscode.DecorationRenderOptions;
  /** Where the label of a mark is drawn, and how; a style without it draws no labels. */
  readonly drawLabel?: (mark: LensMark) => vscode.ThemableDecorationInstanceRenderOptions;
}

/** What a lens is asked to paint: an editor as it is at this moment. */
export interface LensView {
  readonly editor: vscode.TextEditor;
  readonly document: vscode.TextDocument;
  /** Lines on the screen, half-open, in order; several where code is folded. */
  readonly seen: readonly LineRange[];
  /** True when the lens has painted nothing on these lines yet. */
  readonly isBare: boolean;
}

/** What a lens wants painted, in place of what it painted before. */
export interface LensPicture {
  readonly marks: readonly LensMark[];
}

/** A lens as the editor's part of Glassbox sees it. Its picture is made anew whenever text, scroll position or model change. */
export interface Lens {
  readonly id: LensId;
  /**
   * `text`: paints on the text, so only one of them is on in a document. `notes`: draws beside it, and goes with all.
   */
  readonly layer: 'text' | 'notes';
  /** Its decoration types, at most 20; the index is the `style` of a mark. */
  readonly styles: readonly LensStyle[];
  /** How long the text must stay as it is before a look at it is worth its cost. */
  readonly settleMs: number;
  /**
   * Makes the picture; `show` may be called several times, each time with a better one.
   *
   * @throws GlassboxError with the reason when there is none; `cancelled` when the signal aborts.
   */
  look(view: LensView, show: (picture: LensPicture) => void, signal: AbortSignal): Promise<void>;
  /** What is known of the place; undefined when the lens says nothing there. */
  hover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined;
  /** Lets go of what was remembered of a document. */
  forget(document: vscode.TextDocument): void;
}
