import type { ModelDescriptor } from '../core/model/modelDescriptor.js';
import type { ComparedSpans } from '../core/scores/comparedSpans.js';
import { scoreTotals, type TextRange } from '../core/scores/scoreTotals.js';
import type { LineFeedText } from '../core/text/lineEnds.js';
import type { AnalysisTarget } from '../protocol/modelTarget.js';
import type { CompareParams, TextComparison, ScoredText } from '../protocol/scoresContract.js';
import type { CliServices } from './cliServices.js';
import { exitCodes, type ExitCode } from './exitCodes.js';
import { selectModel, type ModelOptions } from './modelSelection.js';
import { formatTable } from './table.js';

/** Options of a comparison. */
export interface ComparisonOptions extends ModelOptions {
  readonly json?: true;
  /** Another model's id or folder, or another ONNX file of the same model. */
  readonly compare: string;
}

/**
 * Prints what two models think of a text, stretch by stretch.
 *
 * @throws GlassboxError for model and engine errors.
 */
export async function printComparison(
  params: Omit<CompareParams, 'other'>,
  source: LineFeedText,
  model: ModelDescriptor,
  options: ComparisonOptions,
  services: CliServices,
): Promise<ExitCode> {
  const { engine, terminal, signal } = services;
  const other = await findOther(model, options, services);
  const comparison = await engine.call('scores/compare', { ...params, other }, { signal });
  const report = reportComparison(source, comparison, params.priority);
  await terminal.write(options.json === true ? `${JSON.stringify(report)}\n` : formatComparison(report));
  return exitCodes.ok;
}

/** A graph of the same model, if it has one of that name; otherwise another model. */
async function findOther(
  { folder, graphs }: ModelDescriptor,
  options: ComparisonOptions,
  services: CliServices,
): Promise<AnalysisTarget> {
  if (graphs?.includes(options.compare) === true) return { folder, graph: options.compare };
  return { folder: (await selectModel({ ...options, model: options.compare }, services)).folder };
}

/** What `score --compare --json` prints. */
interface ComparisonReport {
  readonly own: ModelReport;
  readonly other: ModelReport;
  /** Mean over the tokens, in nats; null when the models do not share a vocabulary. */
  readonly meanDivergence: number | null;
  readonly spans: readonly SpanReport[];
}

interface ModelReport {
  readonly bitsPerByte: number;
  readonly perplexity: number;
  readonly tokenCount: number;
  readonly windows: number;
  readonly windowLength: number;
}

interface SpanReport {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly logProb: number;
  readonly otherLogProb: number;
  /** Positive where the other model finds the text likelier. */
  readonly difference: number;
  readonly divergence: number | null;
}

function reportComparison(
  source: LineFeedText,
  { own, other, spans }: TextComparison,
  range: TextRange | undefined,
): ComparisonReport {
  const reported = Array.from(spans.starts.keys())
    .filter((index) => range === undefined || (spans.starts[index]! < range.end && spans.ends[index]! > range.start))
    .map((index) => reportSpan(source, spans, index));
  const divergences = reported.map(({ divergence }) => divergence).filter((divergence) => divergence !== null);
  return {
    own: reportModel(own, range),
    other: reportModel(other, range),
    meanDivergence:
      divergences.length === 0 ? null : divergences.reduce((sum, value) => sum + value, 0) / divergences.length,
    spans: reported,
  };
}

function reportModel({ tokens, windows, windowLength }: ScoredText, range: TextRange | undefined): ModelReport {
  const { bitsPerByte, perplexity, tokenCount } = scoreTotals(tokens, range);
  return { bitsPerByte, perplexity, tokenCount, windows: windows.length, windowLength };
}

function reportSpan(source: LineFeedText, spans: ComparedSpans, index: number): SpanReport {
  const [start, end] = [spans.starts[index]!, spans.ends[index]!];
  const [logProb, otherLogProb] = [spans.logProbs[index]!, spans.otherLogProbs[index]!];
  return {
    text: source.text.slice(start, end),
    start: source.originalOffset(start),
    end: source.originalOffset(end),
    logProb,
    otherLogProb,
    difference: otherLogProb - logProb,
    divergence: spans.divergences?.[index] ?? null,
  };
}

function formatComparison({ own, other, meanDivergence, spans }: ComparisonReport): string {
  const titles = ['start', 'log-prob', 'other', 'difference', ...(meanDivergence === null ? [] : ['KL'])];
  const columns = [
    ...titles.map((title) => ({ title, align: 'right' }) as const),
    { title: 'text', align: 'left' } as const,
  ];
  const rows = spans.map(({ text, start, logProb, otherLogProb, difference, divergence }) => [
    String(start),
    ...[logProb, otherLogProb, difference].map((value) => value.toFixed(3)),
    ...(divergence === null ? [] : [divergence.toFixed(4)]),
    JSON.stringify(text),
  ]);
  const summary = formatTable(
    [
      { title: '', align: 'left' },
      { title: 'model', align: 'right' },
      { title: 'other', align: 'right' },
    ],
    [
      ['tokens', String(own.tokenCount), String(other.tokenCount)],
      ['bits per byte', own.bitsPerByte.toFixed(3), other.bitsPerByte.toFixed(3)],
      ['perplexity', own.perplexity.toFixed(2), other.perplexity.toFixed(2)],
      ['windows', String(own.windows), String(other.windows)],
    ],
  );
  const divergence = meanDivergence === null ? '' : `mean KL divergence  ${meanDivergence.toFixed(4)} nats a token\n`;
  return `${formatTable(columns, rows)}\n${summary}${divergence}`;
}
