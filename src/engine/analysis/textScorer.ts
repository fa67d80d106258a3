import type { Clock } from '../../core/clock.js';
import { throwIfAborted } from '../../core/errors.js';
import { findLineStarts } from '../../core/scores/lineStarts.js';
import type { ScoredTokens } from '../../core/scores/scoredTokens.js';
import { scoreTotals, type TextRange } from '../../core/scores/scoreTotals.js';
import { planWindows, type ScoreWindow } from '../../core/scores/scoreWindows.js';
import { PlacedEncoder, type PlacedTokens } from '../../core/tokenizer/placedTokens.js';
import type { TextTokenizer } from '../../core/tokenizer/textTokenizer.js';
import type { AnalysisTarget } from '../../protocol/modelTarget.js';
import type { ScoreParams, ScoreWork, TextScores } from '../../protocol/scoresContract.js';
import type { AnalysisDecoders } from './analysisDecoders.js';
import type { AnalysisTurn } from './analysisTurn.js';
import { KnownWindows } from './knownWindows.js';
import { ScoreColumns } from './scoreColumns.js';
import type { RowStatistics } from './rowStatistics.js';
import { ScorePieces } from './scorePieces.js';

/** Longer windows would make an edit early in a file expensive: all that follows it in its window is read again. */
export const largestWindow = 4096;

/** What a scorer works with. */
export interface TextScorerOptions {
  readonly tokenizer: TextTokenizer;
  readonly decoders: AnalysisDecoders;
  readonly statistics: RowStatistics;
  /** Token that stands between documents; each window is read after it. */
  readonly startToken: number;
  /** Tokens that are read at once at most. */
  readonly windowLength: number;
  readonly clock: Clock;
}

/** A request for scores without the model's name. */
export type ScoreRequest = Omit<ScoreParams, keyof AnalysisTarget>;

/** One text on its way. */
interface Job {
  readonly request: ScoreRequest;
  readonly placed: PlacedTokens;
  /** Of the whole text. */
  readonly columns: ScoreColumns;
  /** Tokens that are looked at, half-open. */
  readonly priority: { readonly start: number; readonly end: number };
  readonly report: (first: number, end: number) => void;
  readonly signal: AbortSignal;
  readonly work: { -readonly [K in keyof ScoreWork]: number };
  readMs: number;
}

/**
 * Scores texts with one model and remembers what it scored, so that after an edit only windows that hold the edit are read
 * again, from the edit on. Equal texts get equal scores, whatever was scored before.
 */
export class TextScorer {
  readonly options: TextScorerOptions;
  readonly #encoder: PlacedEncoder;
  readonly #known = new KnownWindows((length, topCount) => new ScoreColumns(length, topCount));

  constructor(options: TextScorerOptions) {
    this.options = options;
    this.#encoder = new PlacedEncoder(options.tokenizer);
  }

  /** Forgets all scores. */
  clear(): void {
    this.#known.clear();
  }

  /** Divides a text into tokens. @throws GlassboxError `cancelled`. */
  place(text: string, { signal, giveWay }: AnalysisTurn): Promise<PlacedTokens> {
    return this.#encoder.encode(text, async () => {
      await giveWay();
      throwIfAborted(signal);
    });
  }

  /** See `scores/score`. @throws GlassboxError `cancelled` between runs. */
  async score(request: ScoreRequest, report: (piece: ScoredTokens) => void, turn: AnalysisTurn): Promise<TextScores> {
    const startedMs = this.options.clock.now();
    const placed = await this.place(request.text, turn);
    const count = placed.ids.length;
    const windows = planWindows(count, findLineStarts(request.text, placed), this.options.windowLength);
    const columns = new ScoreColumns(count, Math.min(request.topCount, this.options.tokenizer.table.size));
    const pieces = new ScorePieces(placed, columns, this.options.tokenizer.table);
    const job: Job = {
      request,
      placed,
      columns,
      priority: tokensInRange(placed, request.priority),
      report: (first, end) => report(pieces.cut(first, end)),
      signal: turn.signal,
      work: { knownTokenCount: 0, readTokenCount: 0, reusedTokenCount: 0 },
      readMs: 0,
    };
    for (const window of inOrder(windows, job.priority, request.extent)) await this.#scoreWindow(window, job);
    const tokens = pieces.cut(0, count);
    const timings = { readMs: job.readMs, totalMs: this.options.clock.now() - startedMs };
    return {
      timings,
      tokens,
      totals: scoreTotals(tokens),
      windows,
      windowLength: this.options.windowLength,
      work: job.work,
    };
  }

  async #scoreWindow(window: ScoreWindow, job: Job): Promise<void> {
    const ids = [this.options.startToken, ...job.placed.ids.subarray(window.start, window.end)];
    const { clock, decoders, statistics, tokenizer } = this.options;
    const known = this.#known.take({
      ids,
      firstScored: window.scoredStart - window.start,
      topCount: job.columns.topCount,
      blockLength: decoders.rowsPerRun,
    });
    const { columns, firstScored } = known;
    // Of the window's tokens: where what is known already ends, and where what is asked for does.
    let end = known.scoredEnd;
    const wantedEnd = job.request.extent === 'priority' ? job.priority.end - window.start : ids.length - 1;
    const deliver = (from: number, to: number): void => {
      if (from >= to) return;
      job.columns.copy(window.start + from, columns, from - firstScored, to - firstScored);
      job.report(window.start + from, window.start + to);
    };
    deliver(firstScored, end);
    job.work.knownTokenCount += end - firstScored;
    if (end >= Math.min(wantedEnd, ids.length - 1)) return;
    const sequence = ids.slice(0, -1);
    const startedMs = clock.now();
    let describingMs = 0;
    const decoder = decoders.take(sequence, overlaps(window, job.priority));
    const reused = await decoder.readRows(
      { tokens: sequence, firstRow: end, reusable: end },
      async (rows) => {
        const { first, count } = rows;
        const rowsMs = clock.now();
        const actual = ids.slice(first + 1, first + 1 + count);
        columns.fill(
          first - firstScored,
          await statistics.describe(rows, actual, tokenizer.table.size, columns.topCount),
        );
        deliver(end, first + count);
        end = first + count;
        known.scoredEnd = end;
        describingMs += clock.now() - rowsMs;
        return end < wantedEnd;
      },
      job.signal,
    );
    job.readMs += clock.now() - startedMs - describingMs;
    job.work.reusedTokenCount += reused;
    job.work.readTokenCount += decoder.cachedTokenCount - reused;
  }
}

/** Tokens that have a part in a range of the text; none when there is no range. */
export function tokensInRange(
  { starts, ends }: PlacedTokens,
  range: TextRange | undefined,
): { start: number; end: number } {
  if (range === undefined) return { start: 0, end: 0 };
  const start = ends.findIndex((end) => end > range.start);
  if (start < 0) return { start: starts.length, end: starts.length };
  const count = starts.subarray(start).findIndex((tokenStart) => tokenStart >= range.end);
  return { start, end: count < 0 ? starts.length : start + count };
}

/** True when a window scores tokens of a range. */
export function overlaps(
  { scoredStart, end }: ScoreWindow,
  range: { readonly start: number; readonly end: number },
): boolean {
  return scoredStart < range.end && end > range.start;
}

/** What is looked at first, then the rest from the start; without the rest when nothing else is asked for. */
function inOrder(
  windows: readonly ScoreWindow[],
  priority: Job['priority'],
  extent: ScoreRequest['extent'],
): readonly ScoreWindow[] {
  const first = windows.filter((window) => overlaps(window, priority));
  return extent === 'priority' ? first : [...first, ...windows.filter((window) => !overlaps(window, priority))];
}
