import { GlassboxError } from '../core/errors.js';
import { alternativesAt, coverageAt, isScored, type ScoredTokens } from '../core/scores/scoredTokens.js';
import { scoreTotals } from '../core/scores/scoreTotals.js';
import { LineFeedText } from '../core/text/lineEnds.js';
import { encodeUtf8 } from '../core/text/utf8.js';
import type { TextScores } from '../protocol/scoresContract.js';
import type { CliServices } from './cliServices.js';
import { exitCodes, type ExitCode } from './exitCodes.js';
import { readInputText } from './inputText.js';
import { rangeOfLines, type LineRange } from './lineRange.js';
import { printComparison } from './scoreComparison.js';
import { selectModel, type ModelOptions } from './modelSelection.js';
import { formatTable } from './table.js';

/** Options of `score`. */
export interface ScoreOptions extends ModelOptions {
  readonly json?: true;
  /** Likeliest tokens to list in place of each token. */
  readonly top: number;
  /** Lines to score; all when left out. */
  readonly lines?: LineRange;
  /** ONNX file of the model to use instead of its default one. */
  readonly graph?: string;
  /** Another model's id or folder, or another ONNX file of the same model. */
  readonly compare?: string;
}

/**
 * Prints what the model thinks of every token of a text, and what it amounts to. The model reads `\n` for every line end,
 * as it does in the editor; places are those of the file.
 *
 * @throws GlassboxError for unusable or empty input and for model and engine errors.
 */
export async function printScore(file: string, options: ScoreOptions, services: CliServices): Promise<ExitCode> {
  const { engine, terminal, signal } = services;
  const source = new LineFeedText(await readInputText(file, terminal.input));
  const { text } = source;
  if (text === '') {
    throw new GlassboxError('file-unreadable', `${file} is empty.`, { action: 'Name a file with text to score.' });
  }
  const priority = options.lines === undefined ? undefined : rangeOfLines(text, options.lines);
  const model = await selectModel(options, services);
  const params = {
    folder: model.folder,
    text,
    topCount: options.top,
    ...(options.graph === undefined ? {} : { graph: options.graph }),
    ...(priority === undefined ? {} : { priority, extent: 'priority' as const }),
  };
  if (options.compare !== undefined)
    return printComparison(params, source, model, { ...options, compare: options.compare }, services);
  const scores = await engine.call('scores/score', params, { signal });
  const report = reportScores(source, scores, priority);
  await terminal.write(options.json === true ? `${JSON.stringify(report)}\n` : formatScore(report, options.top));
  return exitCodes.ok;
}

/** What `score --json` prints. */
interface ScoreReport {
  readonly bitsPerByte: number;
  readonly perplexity: number;
  readonly tokenCount: number;
  readonly byteCount: number;
  /** Stretches in which the text was read, and how many tokens the model reads at once. */
  readonly windows: number;
  readonly windowLength: number;
  readonly tokens: readonly ReportedToken[];
}

interface ReportedToken {
  readonly id: number;
  readonly text: string;
  readonly bytes: readonly number[];
  readonly start: number;
  readonly end: number;
  readonly logProb: number;
  readonly rank: number;
  /** In nats. */
  readonly entropy: number;
  /** Share of the probability that the tokens of `top` have. */
  readonly coverage: number;
  readonly top: readonly { readonly id: number; readonly text: string; readonly logProb: number }[];
}

function reportScores(
  source: LineFeedText,
  { tokens, windows, windowLength }: TextScores,
  range: Parameters<typeof scoreTotals>[1],
): ScoreReport {
  const { bitsPerByte, perplexity, tokenCount, byteCount } = scoreTotals(tokens, range);
  const bytes = encodeUtf8(source.text);
  const reported: ReportedToken[] = [];
  for (let index = 0; index < tokens.ids.length; index++) {
    const isAsked =
      range === undefined || (tokens.ends[index]! > range.start && tokens.starts[index]! < Math.max(range.end, 1));
    if (isAsked && isScored(tokens, index)) reported.push(reportToken(source, bytes, tokens, index));
  }
  return { bitsPerByte, perplexity, tokenCount, byteCount, windows: windows.length, windowLength, tokens: reported };
}

function reportToken(source: LineFeedText, bytes: Uint8Array, tokens: ScoredTokens, index: number): ReportedToken {
  const [start, end] = [tokens.starts[index]!, tokens.ends[index]!];
  return {
    id: tokens.ids[index]!,
    text: source.text.slice(start, end),
    bytes: Array.from(bytes.subarray(tokens.byteStarts[index], tokens.byteEnds[index])),
    start: source.originalOffset(start),
    end: source.originalOffset(end),
    logProb: tokens.logProbs[index]!,
    rank: tokens.ranks[index]!,
    entropy: tokens.entropies[index]!,
    coverage: coverageAt(tokens, index),
    top: alternativesAt(tokens, index).map(({ id, text, logProb }) => ({ id, text, logProb })),
  };
}

function formatScore(report: ScoreReport, topCount: number): string {
  const columns = [
    ...['#', 'id', 'start', 'log-prob', 'rank'].map((title) => ({ title, align: 'right' }) as const),
    { title: topCount === 0 ? 'text' : `text, instead of it (${topCount} likeliest)`, align: 'left' } as const,
  ];
  const rows = report.tokens.map((token, index) => [
    ...[index, token.id, token.start].map(String),
    token.logProb.toFixed(3),
    String(token.rank),
    topCount === 0 ? JSON.stringify(token.text) : `${JSON.stringify(token.text)}  ${formatTop(token)}`,
  ]);
  const summary = [
    `tokens         ${report.tokenCount}`,
    `bits per byte  ${report.bitsPerByte.toFixed(3)}`,
    `perplexity     ${report.perplexity.toFixed(2)}`,
    ...(report.windows === 1
      ? []
      : [
          `read in        ${report.windows} windows of at most ${report.windowLength} tokens that overlap by about half`,
        ]),
  ];
  return `${formatTable(columns, rows)}\n${summary.join('\n')}\n`;
}

function formatTop({ top, coverage }: ReportedToken): string {
  const entries = top.map(({ text, logProb }) => `${JSON.stringify(text)} ${percent(Math.exp(logProb))}`);
  return `${entries.join(', ')}; covers ${percent(coverage)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
