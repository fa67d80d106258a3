import * as vscode from 'vscode';
import { spaceMark } from '../../../core/lenses/blankRuns.js';
import type { LensMark } from '../../../core/lenses/lensMark.js';
import { tokenColours, tokenStyles } from '../../../core/lenses/tokenMarks.js';
import type { LensStyle } from '../lens.js';
import { outOfFlow } from '../outOfFlow.js';

/** Theme colours of the token lens; the manifest gives each a default for all four kinds of theme. */
export const tokenLensColors = {
  background: (index: number): string => `glassbox.tokens.background${index + 1}`,
  border: (index: number): string => `glassbox.tokens.border${index + 1}`,
  blank: 'glassbox.tokens.blank',
  note: 'glassbox.tokens.note',
} as const;

const colours = Array.from({ length: tokenColours }, (_, index) => index);

/** The decoration types of the token lens, in the order of `tokenStyles`. */
export const tokenLensStyles: readonly LensStyle[] = [
  ...colours.map((index) => ({ options: beginLook(index) })),
  ...colours.map((index) => ({ options: { ...beginLook(index), before: blankLook(spaceMark) } })),
  ...colours.map((index) => ({ options: tintLook(index) })),
  { options: {}, drawLabel: labelLook },
];

function tintLook(index: number): vscode.DecorationRenderOptions {
  return {
    backgroundColor: new vscode.ThemeColor(tokenLensColors.background(index)),
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  };
}

/** A tint, and a line where the token begins: boundaries are seen without telling colours apart. */
function beginLook(index: number): vscode.DecorationRenderOptions {
  return {
    ...tintLook(index),
    borderColor: new vscode.ThemeColor(tokenLensColors.border(index)),
    borderStyle: 'solid',
    borderWidth: '0 0 0 1px',
  };
}

function blankLook(contentText: string): vscode.ThemableDecorationAttachmentRenderOptions {
  return { contentText, color: new vscode.ThemeColor(tokenLensColors.blank), textDecoration: outOfFlow() };
}

/** Blanks lie on the tint of their token; a line end has no width of its own, so its label brings tint and boundary. */
function labelLook({ label = '', labelStyle }: LensMark): vscode.ThemableDecorationInstanceRenderOptions {
  if (labelStyle === undefined) return { before: blankLook(label) };
  const index = labelStyle % tokenColours;
  const border = `--vscode-${tokenLensColors.border(index).replaceAll('.', '-')}`;
  const boundary = labelStyle === tokenStyles.plain(index) ? [`border-left: 1px solid var(${border})`] : [];
  return {
    before: {
      ...blankLook(label),
      backgroundColor: new vscode.ThemeColor(tokenLensColors.background(index)),
      textDecoration: outOfFlow(...boundary),
    },
  };
}
