import * as vscode from 'vscode';
import { differenceSteps, divergenceSteps } from '../../../core/lenses/comparedText.js';
import type { LensMark } from '../../../core/lenses/lensMark.js';
import type { LensStyle } from '../lens.js';
import { outOfFlow } from '../outOfFlow.js';
import { probabilityColors, stepLook } from '../probability/probabilityStyles.js';

/** Theme colours of the comparison, step 1 to 3 on each side; the manifest gives each a default for all kinds of theme. */
export const comparisonColors = {
  own: (step: number): string => `glassbox.comparison.first${step}`,
  other: (step: number): string => `glassbox.comparison.second${step}`,
  ownLine: 'glassbox.comparison.firstLine',
  otherLine: 'glassbox.comparison.secondLine',
} as const;

/** Index of the style that draws line ends. */
export const comparisonLineEnd = 2 * differenceSteps.length + divergenceSteps.length;

/** Background of each style, in the order of the levels. */
const backgrounds = [
  ...differenceSteps.map((_, index) => comparisonColors.own(index + 1)),
  ...differenceSteps.map((_, index) => comparisonColors.other(index + 1)),
  ...divergenceSteps.map((_, index) => probabilityColors.background(index + 1)),
];

/** The decoration types of the comparison: both sides of the difference, the steps of the divergence, and line ends. */
export const comparisonStyles: readonly LensStyle[] = [
  ...differenceSteps.map((_, index) => ({ options: sideLook('own', index) })),
  ...differenceSteps.map((_, index) => ({ options: sideLook('other', index) })),
  ...divergenceSteps.map((_, index) => ({ options: stepLook(index) })),
  { options: {}, drawLabel: lineEndLook },
];

/** The sides differ in the kind of line below as well: solid for the first model, dashed for the other. */
function sideLook(side: 'own' | 'other', index: number): vscode.DecorationRenderOptions {
  return {
    backgroundColor: new vscode.ThemeColor(comparisonColors[side](index + 1)),
    borderColor: new vscode.ThemeColor(side === 'own' ? comparisonColors.ownLine : comparisonColors.otherLine),
    borderStyle: side === 'own' ? 'solid' : 'dashed',
    borderWidth: `0 0 ${index + 1}px 0`,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  };
}

function lineEndLook({ label = '', labelStyle = 0 }: LensMark): vscode.ThemableDecorationInstanceRenderOptions {
  return {
    before: {
      contentText: label,
      color: new vscode.ThemeColor('editorWhitespace.foreground'),
      backgroundColor: new vscode.ThemeColor(backgrounds[labelStyle] ?? ''),
      textDecoration: outOfFlow(),
    },
  };
}
