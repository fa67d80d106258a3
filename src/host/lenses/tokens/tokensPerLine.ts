import * as vscode from 'vscode';
import { linesToPaint, readingLimits } from '../../../core/lenses/readingPlan.js';
import type { LensMark } from '../../../core/lenses/lensMark.js';
import type { TokenizedStretch } from '../../../core/lenses/tokenizedStretch.js';
import type { Translate } from '../../translate.js';
import type { Lens, LensPicture, LensStyle, LensView } from '../lens.js';
import type { DocumentTokens } from './documentTokens.js';
import { tokenLensColors } from './tokenLensStyles.js';

/** Writes after each line how many tokens begin in it. */
export class TokensPerLine implements Lens {
  readonly id = 'tokensPerLine';
  /** Below what is felt as waiting, above the time between two events of one key. */
  readonly settleMs = 40;
  readonly layer = 'notes';
  readonly styles: readonly LensStyle[] = [{ options: {}, drawLabel: noteLook }];

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
    const request = { lines: painted, cursor: editor.selection.active, ahead: readingLimits.aheadLines };
    const { stretches } = await this.tokens.of(document, request, signal);
    const marks: LensMark[] = [];
    for (const { start, end } of painted) {
      for (let line = start; line < end; line++) {
        const mark = this.note(document.lineAt(line).text.length, line, stretches);
        if (mark !== undefined) marks.push(mark);
      }
    }
    show({ marks });
  }

  hover(): undefined {
    return undefined;
  }

  forget(document: vscode.TextDocument): void {
    this.tokens.forget(document);
  }

  /** Nothing for an empty line, and for one that is too long to be read whole. */
  private note(length: number, line: number, stretches: readonly TokenizedStretch[]): LensMark | undefined {
    const end = { line, character: length };
    const whole = stretches.find((stretch) => {
      return stretch.offsetAt({ line, character: 0 }) !== undefined && stretch.offsetAt(end) !== undefined;
    });
    const count = whole === undefined ? 0 : tokensIn(whole, line);
    if (count === 0) return undefined;
    const label = count === 1 ? this.t('1 token') : this.t('{0} tokens', count);
    return { line, start: length, end: length, style: 0, label };
  }
}

function tokensIn({ tokens, lines, start }: TokenizedStretch, line: number): number {
  const from = lines.startOf(line - start.line);
  const to = lines.startOf(line - start.line + 1);
  return lowerBound(tokens.starts, to) - lowerBound(tokens.starts, from);
}

/** Index of the first value that is not below `limit`. */
function lowerBound(values: Uint32Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function noteLook({ label = '' }: LensMark): vscode.ThemableDecorationInstanceRenderOptions {
  return {
    after: {
      contentText: label,
      color: new vscode.ThemeColor(tokenLensColors.note),
      margin: '0 0 0 3em',
      fontStyle: 'normal',
    },
  };
}
