import type * as vscode from 'vscode';
import { linesToPaint, readingLimits } from '../../../core/lenses/readingPlan.js';
import { tokenMarks } from '../../../core/lenses/tokenMarks.js';
import type { Lens, LensPicture, LensView } from '../lens.js';
import type { Translate } from '../../translate.js';
import type { DocumentTokens } from './documentTokens.js';
import { tokenHover } from './tokenHover.js';
import { tokenLensStyles } from './tokenLensStyles.js';

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
    private readonly t: Translate,
  ) {}

  async look(
    { editor, document, seen }: LensView,
    show: (picture: LensPicture) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const painted = linesToPaint(seen, document.lineCount);
    const { stretches } = await this.tokens.of(document, painted, editor.selection.active, signal);
    const { marks, first, isComplete } = tokenMarks(stretches, painted, seen);
    if (isComplete) this.incomplete.delete(document.uri.toString());
    else this.incomplete.add(document.uri.toString());
    show({ marks, first });
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
}
