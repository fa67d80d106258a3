import type * as vscode from 'vscode';
import { scoreTotals, type ScoreTotals } from '../../../core/scores/scoreTotals.js';
import { commandIds } from '../../commandIds.js';
import type { Translate } from '../../translate.js';
import type { Lens } from '../lens.js';
import type { LensSummarizer, LensSummary } from '../lensStatus.js';
import { bits, wholeNumber } from '../numbers.js';
import { secretFact } from '../secretDocuments.js';
import type { DocumentScore, DocumentScores } from './documentScores.js';
import { probabilityLegend } from './probabilityLegend.js';

/** What the summary is made from. */
export interface ProbabilitySummaryDeps {
  readonly scores: DocumentScores;
  readonly isSecret: (document: vscode.TextDocument) => boolean;
  readonly t: Translate;
}

/** How well a model foresaw file and selection, and the legend, for the status bar. */
export class ProbabilitySummary implements LensSummarizer {
  constructor(private readonly deps: ProbabilitySummaryDeps) {}

  summarize(editor: vscode.TextEditor, lenses: readonly Lens[]): LensSummary | undefined {
    if (!lenses.some(({ id }) => id === 'probability')) return undefined;
    const { scores, isSecret, t } = this.deps;
    const { document } = editor;
    const commands = [[t('Choose Model…'), commandIds.chooseLensModel]] as const;
    if (isSecret(document)) {
      return { icon: 'lock', text: t('Probability Lens'), facts: [secretFact(document, t)], commands: [] };
    }
    const score = scores.known(document);
    const selection = score && selectionTotals(score, editor);
    return {
      icon: 'graph',
      text: barText(score, selection, t),
      facts: score === undefined ? [t('Reading the text…')] : facts(score, selection, t),
      legend: probabilityLegend(t),
      commands,
    };
  }
}

function barText(score: DocumentScore | undefined, selection: ScoreTotals | undefined, t: Translate): string {
  const totals = selection ?? (score?.isWhole === true ? score.result?.totals : undefined);
  return totals === undefined ? t('Probability Lens') : t('perplexity {0}', bits(totals.perplexity));
}

function facts(score: DocumentScore, selection: ScoreTotals | undefined, t: Translate): readonly string[] {
  const { model, result, isWhole } = score;
  const all = [t('Model: {0}', model.name)];
  if (!isWhole) {
    all.push(t('The file is large, so only what is seen is read, and there are no figures for the file.'));
  } else if (result === undefined) all.push(t('Reading the text…'));
  else all.push(t('File: {0}', figures(result.totals, t)));
  if (selection !== undefined) all.push(t('Selection: {0}', figures(selection, t)));
  if (isWhole && result !== undefined && result.windows.length > 1) {
    const [length, count] = [wholeNumber(result.windowLength), wholeNumber(result.windows.length)];
    all.push(t('The model reads {0} tokens at once, so the file is read in {1} windows that overlap.', length, count));
  }
  return all;
}

function figures({ tokenCount, perplexity, bitsPerByte }: ScoreTotals, t: Translate): string {
  return t(
    'perplexity {0}, {1} bits per byte, {2} tokens',
    bits(perplexity),
    bits(bitsPerByte),
    wholeNumber(tokenCount),
  );
}

/** Of the first selection, from what is known already: the model is not asked again. */
function selectionTotals({ text, result }: DocumentScore, { selection }: vscode.TextEditor): ScoreTotals | undefined {
  const { whole } = text;
  if (selection.isEmpty || whole === undefined || result === undefined) return undefined;
  const [start, end] = [text.offsetAt(selection.start), text.offsetAt(selection.end)];
  if (start === undefined || end === undefined) return undefined;
  const totals = scoreTotals(whole, { start, end });
  return totals.tokenCount === 0 ? undefined : totals;
}
