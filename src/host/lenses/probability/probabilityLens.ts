import type * as vscode from 'vscode';
import { levelMarks } from '../../../core/lenses/levelMarks.js';
import { linesToPaint } from '../../../core/lenses/readingPlan.js';
import type { Translate } from '../../translate.js';
import type { Lens, LensPicture, LensView } from '../lens.js';
import type { DocumentScore, DocumentScores } from './documentScores.js';
import { probabilityHover } from './probabilityHover.js';
import { probabilityLineEnd, probabilityStyles } from './probabilityStyles.js';

/** What the lens needs to know before a model is given a text. */
export interface ProbabilityLensDeps {
  readonly scores: DocumentScores;
  /** True for files whose text no model gets to see. */
  readonly isSecret: (document: vscode.TextDocument) => boolean;
  /** Called when more is known of a document. */
  readonly onDidRead: () => void;
  readonly t: Translate;
}

/** Paints how surprising each token was to a model, whoever wrote the text. */
export class ProbabilityLens implements Lens {
  readonly id = 'probability';
  readonly layer = 'text';
  readonly styles = probabilityStyles;
  readonly settleMs = 150;

  constructor(private readonly deps: ProbabilityLensDeps) {}

  async look(view: LensView, show: (picture: LensPicture) => void, signal: AbortSignal): Promise<void> {
    const { scores, isSecret, onDidRead } = this.deps;
    if (isSecret(view.document)) {
      show({ marks: [] });
      return;
    }
    await scores.read(
      view,
      (score) => {
        show(picture(score, view));
        onDidRead();
      },
      signal,
    );
  }

  hover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const known = this.deps.scores.known(document);
    return known && probabilityHover(known, position, this.deps.t);
  }

  forget(document: vscode.TextDocument): void {
    this.deps.scores.forget(document);
  }
}

function picture({ text }: DocumentScore, { document, seen }: LensView): LensPicture {
  const painted = linesToPaint(seen, document.lineCount);
  return levelMarks(text, text.levels(painted), { painted, seen }, probabilityLineEnd);
}
