import * as vscode from 'vscode';
import { levelMarks } from '../../../core/lenses/levelMarks.js';
import { linesToPaint } from '../../../core/lenses/readingPlan.js';
import type { Translate } from '../../translate.js';
import type { Lens, LensPicture, LensView } from '../lens.js';
import { codeCell, markdownTable, plainCell } from '../markdownText.js';
import { bits, percent } from '../numbers.js';
import { visibleText } from '../../../core/lenses/visibleText.js';
import { comparisonLineEnd, comparisonStyles } from './comparisonStyles.js';
import type { DocumentComparison, DocumentComparisons } from './documentComparisons.js';

/** What the lens needs to know before models are given a text. */
export interface ComparisonLensDeps {
  readonly comparisons: DocumentComparisons;
  /** True for files whose text no model gets to see. */
  readonly isSecret: (document: vscode.TextDocument) => boolean;
  /** Called when more is known of a document. */
  readonly onDidRead: () => void;
  readonly t: Translate;
}

/** Paints where two models, or two quantizations of one, think differently of a text. */
export class ComparisonLens implements Lens {
  readonly id = 'comparison';
  readonly layer = 'text';
  readonly styles = comparisonStyles;
  readonly settleMs = 300;

  constructor(private readonly deps: ComparisonLensDeps) {}

  async look(view: LensView, show: (picture: LensPicture) => void, signal: AbortSignal): Promise<void> {
    const { comparisons, isSecret, onDidRead } = this.deps;
    if (isSecret(view.document)) {
      show({ marks: [] });
      return;
    }
    await comparisons.read(
      view,
      (known) => {
        if (known.totals !== undefined) show(picture(known, view));
        onDidRead();
      },
      signal,
    );
  }

  hover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const known = this.deps.comparisons.known(document);
    return known && comparisonHover(known, position, this.deps.t);
  }

  forget(document: vscode.TextDocument): void {
    this.deps.comparisons.forget(document);
  }
}

function picture({ text, comparison }: DocumentComparison, { document, seen }: LensView): LensPicture {
  const painted = linesToPaint(seen, document.lineCount);
  return levelMarks(text, text.levels(painted, comparison.measure), { painted, seen }, comparisonLineEnd);
}

function comparisonHover(
  { text, comparison }: DocumentComparison,
  position: vscode.Position,
  t: Translate,
): vscode.Hover | undefined {
  const offset = text.offsetAt(position);
  const segment = offset === undefined ? undefined : text.segmentAt(offset);
  if (segment === undefined) return undefined;
  const { start, end, surprisal, otherSurprisal, divergence } = segment;
  const { own, other } = comparison;
  const likelier = surprisal <= otherSurprisal ? own.name : other.name;
  const difference = t('{0} bits likelier to {1}', bits(Math.abs(otherSurprisal - surprisal)), likelier);
  const row = (name: string, value: number): readonly string[] => [plainCell(name), percent(2 ** -value), bits(value)];
  const parts = [
    `${codeCell(`"${visibleText(text.text.slice(start, end))}"`)} **${plainCell(difference)}**`,
    markdownTable(
      [t('Model'), t('Probability'), t('Bits')],
      [row(own.name, surprisal), row(other.name, otherSurprisal)],
    ),
    plainCell(
      divergence === undefined
        ? t('The models have different vocabularies, so there is no KL divergence.')
        : t('KL divergence of the second from the first: {0} bits', divergence.toFixed(4)),
    ),
  ];
  const [from, to] = [text.positionAt(start), text.positionAt(end)];
  const range = new vscode.Range(from.line, from.character, to.line, to.character);
  return new vscode.Hover(new vscode.MarkdownString(parts.join('\n\n'), true), range);
}
