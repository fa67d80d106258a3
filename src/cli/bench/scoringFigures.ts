import type { TextRange } from '../../core/scores/scoreTotals.js';
import type { ScoredTokens } from '../../core/scores/scoredTokens.js';
import type { ScoreParams, TextScores } from '../../protocol/scoresContract.js';
import type { CliServices } from '../cliServices.js';
import type { BenchPrompts } from './benchPrompt.js';
import type { OwnFigure } from './benchReport.js';
import { summarize } from './statistics.js';

const fileLines = 500;
const visibleLines = 50;
const promptTokens = 800;
const linesOfFunction = 5;

/** What a round gives; milliseconds, and ratios of times within the round. */
interface Round {
  readonly fileMs: number;
  readonly overModelRun: number;
  readonly overPrefill: number;
  readonly firstVisibleMs: number;
  readonly editedMs: number;
  readonly editedShare: number;
}

/** A score, and when what is looked at was right. */
interface TimedScore {
  readonly scores: TextScores;
  readonly totalMs: number;
  readonly visibleMs: number;
}

/**
 * Scores files as the probability lens does: a file that nobody has seen, then the same file with one more character in the
 * middle of what is looked at. The first, unmeasured round warms up.
 */
export async function measureScoring(
  rounds: number,
  folder: string,
  prompts: BenchPrompts,
  services: CliServices,
): Promise<readonly OwnFigure[]> {
  const samples: Round[] = [];
  for (let round = 0; round <= rounds; round++) {
    const measured = await measureRound(round, folder, prompts, services);
    if (round > 0) samples.push(measured);
  }
  const figure = (id: keyof Round, label: string, unit: OwnFigure['unit'], limit?: number): OwnFigure => ({
    id,
    label,
    unit,
    value: summarize(samples.map((sample) => sample[id])),
    ...(limit === undefined ? {} : { limit }),
  });
  return [
    figure('fileMs', `Score a file of ${fileLines} lines`, 'ms'),
    figure('overModelRun', '... over the runs of the model alone', 'x', 1.2),
    figure('overPrefill', `Score ${promptTokens} tokens, over a prefill that asks for no probabilities`, 'x'),
    figure('firstVisibleMs', `Score what is visible first (${visibleLines} lines)`, 'ms'),
    figure('editedMs', '... after one more character in its middle', 'ms'),
    figure('editedShare', '... over the first time of the file', 'x', 0.25),
  ];
}

async function measureRound(
  round: number,
  folder: string,
  prompts: BenchPrompts,
  services: CliServices,
): Promise<Round> {
  const text = sourceFile(round, fileLines);
  const visible = linesAt(text, (fileLines - visibleLines) / 2, visibleLines);
  const params = { folder, topCount: 5 };
  const first = await timeScore({ ...params, text, priority: visible }, services);
  const middle = (visible.start + visible.end) >> 1;
  const edited = `${text.slice(0, middle)}x${text.slice(middle)}`;
  const priority = { start: visible.start, end: visible.end + 1 };
  const again = await timeScore({ ...params, text: edited, priority }, services);
  const { readMs, totalMs } = first.scores.timings;
  return {
    fileMs: first.totalMs,
    overModelRun: totalMs / readMs,
    overPrefill: await scoreOverPrefill(round, folder, prompts, services),
    firstVisibleMs: first.visibleMs,
    editedMs: again.visibleMs,
    editedShare: again.visibleMs / first.totalMs,
  };
}

/** Time for each token of a text that is scored whole, divided by that of a prompt of about the same length that is read. */
async function scoreOverPrefill(
  round: number,
  folder: string,
  prompts: BenchPrompts,
  { engine, signal }: CliServices,
): Promise<number> {
  const { prefillMs, promptTokenCount } = await engine.call(
    'completion/prefill',
    { folder, prompt: prompts.take(promptTokens) },
    { signal },
  );
  const file = sourceFile(round + 0.5, fileLines);
  const spans = await engine.call('tokens/encode', { folder, text: file }, { signal });
  const text = file.slice(0, spans[promptTokenCount]?.start);
  const { work, timings } = await engine.call('scores/score', { folder, text, topCount: 5 }, { signal });
  return timings.totalMs / work.readTokenCount / (prefillMs / promptTokenCount);
}

async function timeScore(params: ScoreParams, { engine, clock, signal }: CliServices): Promise<TimedScore> {
  const { priority } = params;
  const startMs = clock.now();
  let visibleMs: number | undefined;
  let missing = priority === undefined ? 0 : priority.end - priority.start;
  const onProgress = (piece: ScoredTokens): void => {
    if (priority === undefined || visibleMs !== undefined) return;
    missing -= overlap(piece, priority);
    if (missing <= 0) visibleMs = clock.now() - startMs;
  };
  const scores = await engine.call('scores/score', params, { signal, onProgress });
  const totalMs = clock.now() - startMs;
  return { scores, totalMs, visibleMs: visibleMs ?? totalMs };
}

/** UTF-16 units of a range that a piece covers. */
function overlap({ starts, ends }: ScoredTokens, range: TextRange): number {
  return Math.max(0, Math.min(ends.at(-1) ?? 0, range.end) - Math.max(starts[0] ?? 0, range.start));
}

/** Where some lines are. */
function linesAt(text: string, first: number, count: number): TextRange {
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  return { start: starts[first] ?? 0, end: starts[first + count] ?? text.length };
}

/** TypeScript of so many lines, with another number in every function of every file, so that no window is known. */
function sourceFile(serial: number, lineCount: number): string {
  const functions = Array.from({ length: Math.ceil(lineCount / linesOfFunction) }, (_, index) =>
    [
      `/** Part ${index} of file ${serial}. */`,
      `export function part${index}(entries: readonly Entry${serial * 1000 + index}[], limit = ${index * 7 + 3}): number {`,
      `  const kept = entries.filter((entry) => entry.total !== undefined && entry.level < ${index});`,
      `  return kept.slice(0, limit).reduce((sum, entry) => sum + entry.total * ${serial + index}, 0);`,
      '}\n',
    ].join('\n'),
  );
  return functions.join('');
}
