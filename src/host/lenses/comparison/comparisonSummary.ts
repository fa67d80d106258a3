import type * as vscode from 'vscode';
import { differenceSteps, divergenceSteps } from '../../../core/lenses/comparedText.js';
import { commandIds } from '../../commandIds.js';
import type { Translate } from '../../translate.js';
import type { Lens } from '../lens.js';
import type { LensSummarizer, LensSummary } from '../lensStatus.js';
import { plainCell } from '../markdownText.js';
import { bits, percent } from '../numbers.js';
import { lineSamples } from '../probability/probabilityLegend.js';
import { probabilityColors } from '../probability/probabilityStyles.js';
import { secretFact } from '../secretDocuments.js';
import { swatch } from '../swatch.js';
import { comparisonColors } from './comparisonStyles.js';
import type { Comparison } from './comparisonChoice.js';
import type { DocumentComparison, DocumentComparisons } from './documentComparisons.js';

/** What the summary is made from. */
export interface ComparisonSummaryDeps {
  readonly comparisons: DocumentComparisons;
  readonly isSecret: (document: vscode.TextDocument) => boolean;
  readonly t: Translate;
}

/** How two models compare over the file, and the legend, for the status bar. */
export class ComparisonSummary implements LensSummarizer {
  constructor(private readonly deps: ComparisonSummaryDeps) {}

  summarize({ document }: vscode.TextEditor, lenses: readonly Lens[]): LensSummary | undefined {
    if (!lenses.some(({ id }) => id === 'comparison')) return undefined;
    const { comparisons, isSecret, t } = this.deps;
    if (isSecret(document)) {
      return { icon: 'lock', text: t('Comparison'), facts: [secretFact(document, t)], commands: [] };
    }
    const known = comparisons.known(document);
    return {
      icon: 'diff',
      text: barText(known, t),
      facts: known === undefined ? [t('Reading the text…')] : facts(known, t),
      ...(known !== undefined && { legend: legend(known.comparison, t) }),
      commands: [[t('Compare Others…'), commandIds.compareModels]],
    };
  }
}

function barText(known: DocumentComparison | undefined, t: Translate): string {
  const totals = known?.totals;
  if (known === undefined || totals === undefined) return t('Comparison');
  if (!known.isWhole) return t('Comparison');
  return t('perplexity {0} against {1}', bits(totals.own.perplexity), bits(totals.other.perplexity));
}

function facts({ comparison, text, isWhole, progress, totals }: DocumentComparison, t: Translate): readonly string[] {
  const { own, other } = comparison;
  const all = [t('{0} against {1}', own.name, other.name)];
  if (!isWhole) {
    all.push(t('The file is large, so only what is seen is read, and there are no figures for the file.'));
  }
  if (totals === undefined) {
    const { completed, total } = progress ?? { completed: 0, total: 1 };
    all.push(t('Reading the text: {0}', percent(Math.min(1, completed / Math.max(1, total)))));
    return all;
  }
  if (isWhole) {
    for (const [{ name }, { perplexity, bitsPerByte }] of [
      [own, totals.own] as const,
      [other, totals.other] as const,
    ]) {
      all.push(t('{0}: perplexity {1}, {2} bits per byte', name, bits(perplexity), bits(bitsPerByte)));
    }
  }
  const divergence = text.meanDivergence;
  if (divergence !== undefined) all.push(t('Mean KL divergence per token: {0} bits', divergence.toFixed(4)));
  else all.push(t('The models have different vocabularies, so there is no KL divergence.'));
  return all;
}

/** The scale as Markdown; names of models come from outside and go in as text. */
function legend({ own, other, measure }: Comparison, t: Translate): string {
  if (measure === 'divergence') {
    const rows = divergenceSteps.map((from, index) => {
      const sample = swatch(probabilityColors.background(index + 1), lineSamples[index] ?? '');
      return `${sample} ${t('{0} bits and more', from)}`;
    });
    return [`**${t('KL divergence of each token')}**`, ...rows].join('  \n');
  }
  const side = (name: string, color: (step: number) => string, lines: readonly string[]): string[] => [
    `**${plainCell(t('Likelier to {0}', name))}**`,
    ...differenceSteps.map(
      (from, index) => `${swatch(color(index + 1), lines[index] ?? '')} ${t('{0} bits and more', from)}`,
    ),
  ];
  const rows = [
    ...side(own.name, comparisonColors.own, ['──', '━━', '▀▀']),
    ...side(other.name, comparisonColors.other, ['╌╌', '╍╍', '▀&nbsp;▀']),
  ];
  return rows.join('  \n');
}
