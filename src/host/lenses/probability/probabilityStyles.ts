import * as vscode from 'vscode';
import type { LensMark } from '../../../core/lenses/lensMark.js';
import { surprisalSteps } from '../../../core/lenses/surprisal.js';
import type { LensStyle } from '../lens.js';
import { outOfFlow } from '../outOfFlow.js';

/** Theme colours of the probability lens, step 1 to 6; the manifest gives each a default for all four kinds of theme. */
export const probabilityColors = {
  background: (step: number): string => `glassbox.probability.step${step}`,
  line: 'glassbox.probability.line',
} as const;

/** The line below a token, by step: the scale can be read without telling tints apart. */
const lines = ['', '1px dotted', '1px dashed', '1px solid', '2px solid', '3px solid'] as const;

/** Index of the style that draws line ends. */
export const probabilityLineEnd = surprisalSteps.length;

/** The decoration types of the probability lens: one for each step of the scale, and one for line ends. */
export const probabilityStyles: readonly LensStyle[] = [
  ...surprisalSteps.map((_, index) => ({ options: stepLook(index) })),
  { options: {}, drawLabel: lineEndLook },
];

/** What a step of a sequential scale looks like, 0 for the first. */
export function stepLook(index: number): vscode.DecorationRenderOptions {
  const [width, style] = (lines[index] ?? '').split(' ');
  return {
    backgroundColor: new vscode.ThemeColor(probabilityColors.background(index + 1)),
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    ...(width !== undefined &&
      style !== undefined && {
        borderColor: new vscode.ThemeColor(probabilityColors.line),
        borderStyle: style,
        borderWidth: `0 0 ${width} 0`,
      }),
  };
}

function lineEndLook({ label = '', labelStyle = 0 }: LensMark): vscode.ThemableDecorationInstanceRenderOptions {
  return {
    before: {
      contentText: label,
      color: new vscode.ThemeColor('editorWhitespace.foreground'),
      backgroundColor: new vscode.ThemeColor(probabilityColors.background(labelStyle + 1)),
      textDecoration: outOfFlow(),
    },
  };
}
