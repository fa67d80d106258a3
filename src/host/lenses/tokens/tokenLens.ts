import type * as vscode from 'vscode';
import type { Clock } from '../../../core/clock.js';
import { pause } from '../../../core/flow/abortable.js';
import type { LineRange } from '../../../core/lenses/lensMark.js';
import { linesToPaint, readingLimits } from '../../../core/lenses/readingPlan.js';
import { tokenMarks, type TokenPicture } from '../../../core/lenses/tokenMarks.js';
import type { Lens, LensPicture, LensView } from '../lens.js';
import type { Translate } from '../../translate.js';
import type { DocumentTokens } from './documentTokens.js';
import { tokenHover } from './tokenHover.js';
import { tokenLensStyles } from './tokenLensStyles.js';

/** Own choice: the editor has drawn the first part by then, and what follows is not yet missed. */
const restMs = 60;

/** The shortest time after which timers are called. */
const turnMs = 1;

/** Paints where the tokens of a text begin and end. */
export class TokenLens implements Lens {
  readonly id = 'tokens';
  /** Below what is felt as waiting, above the time between two events of one key. */
  readonly settleMs = 40;
  readonly layer = 'text';
  readonly styles = tokenLensStyles;
  /** Documents of which not all that is seen was painted. */
  private readonly incomplete = new Set<string>();

  constructor(
    private readonly tokens: DocumentTokens,
    private readonly clock: Clock,
    private readonly t: Translate,
  ) {}

  /**
   * Where nothing is painted yet, what is quickly read and drawn of the screen comes first, then its line ends, then the
   * margins: no step keeps the editor from anything else for long.
   */
  async look(view: LensView, show: (picture: LensPicture) => void, signal: AbortSignal): Promise<void> {
    const { document, seen, isBare } = view;
    if (isBare) {
      const { marks, boxes } = await this.picture(view, seen, 0, signal);
      show({ marks: marks.slice(0, boxes) });
      await pause(this.clock, restMs, signal);
      show({ marks });
      await pause(this.clock, restMs, signal);
    }
    const painted = linesToPaint(seen, document.lineCount);
    const { marks, isComplete } = await this.picture(view, painted, readingLimits.aheadLines, signal);
    if (isComplete) this.incomplete.delete(document.uri.toString());
    else this.incomplete.add(document.uri.toString());
    show({ marks });
  }

  hover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const known = this.tokens.known(document);
    return known && tokenHover(known, document, position, this.t);
  }

  /** What is not painted, in words; empty when all that is seen is. */
  limits(document: vscode.TextDocument, seen: LensView['seen']): readonly string[] {
    const { t } = this;
    const isLong = seen.some(({ start, end }) => {
      for (let line = start; line < Math.min(end, document.lineCount); line++) {
        if (document.lineAt(line).text.length > readingLimits.lineCharacters) return true;
      }
      return false;
    });
    return [
      ...(isLong
        ? [
            t(
              'Of a very long line only the {0} characters around the cursor are painted.',
              readingLimits.lineCharacters,
            ),
          ]
        : []),
      ...(this.incomplete.has(document.uri.toString())
        ? [t('There are more tokens on the screen than are painted; the last lines are left as they are.')]
        : []),
    ];
  }

  forget(document: vscode.TextDocument): void {
    this.tokens.forget(document);
    this.incomplete.delete(document.uri.toString());
  }

  private async picture(
    { editor, document, seen }: LensView,
    lines: readonly LineRange[],
    ahead: number,
    signal: AbortSignal,
  ): Promise<TokenPicture> {
    const { stretches } = await this.tokens.of(document, { lines, cursor: editor.selection.active, ahead }, signal);
    const picture = tokenMarks(stretches, lines, seen);
    // What comes next sends them: with a turn between the two, neither keeps the extension host for long.
    await pause(this.clock, turnMs, signal);
    return picture;
  }
}
