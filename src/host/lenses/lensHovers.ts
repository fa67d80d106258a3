import * as vscode from 'vscode';
import type { LensBoard } from './lensBoard.js';

/** Asks the lenses that are on in the document; they answer from memory. */
export function registerLensHovers(board: LensBoard): vscode.Disposable {
  return vscode.languages.registerHoverProvider([{ scheme: '*' }], {
    provideHover: (document, position) => {
      for (const lens of board.lensesOf(document)) {
        const hover = lens.hover(document, position);
        if (hover !== undefined) return hover;
      }
      return undefined;
    },
  });
}
