import * as vscode from 'vscode';
import type { Blank } from '../../../core/lenses/blankRuns.js';
import type { LensMark } from '../../../core/lenses/lensMark.js';
import { blanks, tokenColours, tokenStyles } from '../../../core/lenses/tokenMarks.js';
import type { LensStyle } from '../lens.js';
import { outOfFlow } from '../outOfFlow.js';

/** Theme colours of the token lens; the manifest gives each a default for all four kinds of theme. */
export const tokenLensColors = {
  background: (index: number): string => `glassbox.tokens.background${index + 1}`,
  border: (index: number): string => `glassbox.tokens.border${index + 1}`,
  blank: 'glassbox.tokens.blank',
  note: 'glassbox.tokens.note',
} as const;

const blankColor = cssVariable(tokenLensColors.blank);

/** A dot in the middle of each space, a line through a tab. */
const blankImages: Readonly<Record<Blank, string>> = {
  1: `radial-gradient(circle, ${blankColor} 1px, transparent 1.4px) 0 0 / 100% 100%`,
  4: `radial-gradient(circle, ${blankColor} 1px, transparent 1.4px) 0 0 / 25% 100%`,
  tab: [
    `radial-gradient(circle at right 3px center, ${blankColor} 1.6px, transparent 2px) no-repeat`,
    `linear-gradient(${blankColor}, ${blankColor}) 3px center / calc(100% - 6px) 1px no-repeat`,
  ].join(', '),
};

const colours = Array.from({ length: tokenColours }, (_, index) => index);

/** The decoration types of the token lens, in the order of `tokenStyles`. */
export const tokenLensStyles: readonly LensStyle[] = [
  ...colours.map((index) => ({ options: beginLook(index) })),
  ...colours.map((index) => ({ options: tintLook(index) })),
  ...[...blanks, ...blanks].map((blank) => ({ options: blankLook(blank) })),
  { options: {}, drawLabel: lineEndLook },
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

/**
 * Drawn as the background of a box, which costs an editor nothing beyond the box: a character that is put into the text
 * makes it lay out the whole line again. The API has no images; declarations that follow a colour are how to say it.
 */
function blankLook(blank: Blank): vscode.DecorationRenderOptions {
  return {
    backgroundColor: `transparent; background: ${blankImages[blank]}`,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  };
}

/** A line end has no width of its own, so its label brings tint and boundary. */
function lineEndLook({ label = '', labelStyle = 0 }: LensMark): vscode.ThemableDecorationInstanceRenderOptions {
  const index = labelStyle % tokenColours;
  const border = cssVariable(tokenLensColors.border(index));
  const boundary = labelStyle === tokenStyles.plain(index) ? [`border-left: 1px solid ${border}`] : [];
  return {
    before: {
      contentText: label,
      color: new vscode.ThemeColor(tokenLensColors.blank),
      backgroundColor: new vscode.ThemeColor(tokenLensColors.background(index)),
      textDecoration: outOfFlow(...boundary),
    },
  };
}

function cssVariable(themeColor: string): string {
  return `var(--vscode-${themeColor.replaceAll('.', '-')})`;
}
