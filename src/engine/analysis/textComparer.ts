import { compareSpans } from '../../core/scores/comparedSpans.js';
import { scoreTotals } from '../../core/scores/scoreTotals.js';
import { planWindows, type ScoreWindow } from '../../core/scores/scoreWindows.js';
import { findLineStarts } from '../../core/scores/lineStarts.js';
import type { PlacedTokens } from '../../core/tokenizer/placedTokens.js';
import type { TokenTable } from '../../core/tokenizer/tokenTable.js';
import type { CompareProgress, TextComparison, ScoredText } from '../../protocol/scoresContract.js';
import type { DecoderSession, LogProbRows } from '../decoding/decoderSession.js';
import type { AnalysisTurn } from './analysisTurn.js';
import { ComparedColumns } from './comparedColumns.js';
import type { KnownWindows } from './knownWindows.js';
import type { RowSummary } from './rowStatistics.js';
import type { ScoreColumns } from './scoreColumns.js';
import { ScorePieces } from './scorePieces.js';
import { overlaps, tokensInRange, type ScoreRequest, type TextScorer } from './textScorer.js';

/** Two models of one comparison, the reference first. */
export interface ComparedPair {
  readonly own: TextScorer;
  readonly other: TextScorer;
  /** What was compared before, so that after an edit the models read only what comes after it in its window. */
  readonly known: KnownWindows<ComparedColumns>;
}

/**
 * Compares what two models think of a text. Where they divide it into the same tokens of the same vocabulary, both read it
 * in the same windows and their distributions are compared too; otherwise each scores it in its own way.
 *
 * @throws GlassboxError `cancelled` between runs.
 */
export async function compareTexts(
  pair: ComparedPair,
  request: ScoreRequest,
  report: (progress: CompareProgress) => void,
  turn: AnalysisTurn,
): Promise<TextComparison> {
  const { own, other } = pair;
  const placed = await own.place(request.text, turn);
  const otherPlaced = await other.place(request.text, turn);
  if (isSameVocabulary(own.options.tokenizer.table, other.options.tokenizer.table) && isSame(placed, otherPlaced)) {
    return compareInStep(pair, placed, request, report, turn);
  }
  const total = placed.ids.length + otherPlaced.ids.length;
  let completed = 0;
  const count = ({ ids }: { readonly ids: Uint32Array }): void =>
    report({ completed: (completed += ids.length), total });
  const scores = await own.score(request, count, turn);
  const otherScores = await other.score(request, count, turn);
  return { own: scores, other: otherScores, spans: compareSpans(scores.tokens, otherScores.tokens) };
}

async function compareInStep(
  { own, other, known }: ComparedPair,
  placed: PlacedTokens,
  request: ScoreRequest,
  report: (progress: CompareProgress) => void,
  turn: AnalysisTurn,
): Promise<TextComparison> {
  const windowLength = Math.min(own.options.windowLength, other.options.windowLength);
  const windows = planWindows(placed.ids.length, findLineStarts(request.text, placed), windowLength);
  const priority = tokensInRange(placed, request.priority);
  const asked = windows.filter((window) => request.extent !== 'priority' || overlaps(window, priority));
  const sides = [new Side(own, placed), new Side(other, placed)] as const;
  const topCount = Math.min(request.topCount, own.options.tokenizer.table.size);
  const columns = new ComparedColumns(placed.ids.length, topCount);
  const total = asked.reduce((sum, { scoredStart, end }) => sum + end - scoredStart, 0);
  let completed = 0;
  for (const window of asked) {
    const firstScored = window.scoredStart - window.start;
    const ids = sides[0].windowIds(window);
    const found = known.take({ ids, firstScored, topCount, blockLength: own.options.decoders.rowsPerRun });
    const deliver = (from: number, to: number): void => {
      columns.copy(window.start + from, found.columns, from - firstScored, to - firstScored);
      report({ completed: (completed += to - from), total });
    };
    deliver(firstScored, found.scoredEnd);
    for (const side of sides) side.countKnown(found.scoredEnd - firstScored);
    if (found.scoredEnd === ids.length - 1) continue;
    await readInStep(sides, window, found.scoredEnd, turn.signal, async (rows, otherRows) => {
      const place = rows.first - firstScored;
      found.columns.own.fill(place, await sides[0].describe(window, rows, topCount));
      found.columns.other.fill(place, await sides[1].describe(window, otherRows, topCount));
      const { statistics, tokenizer } = own.options;
      found.columns.divergences.set(await statistics.divergences(rows, otherRows, tokenizer.table.size), place);
      found.scoredEnd = rows.first + rows.count;
      deliver(rows.first, found.scoredEnd);
    });
  }
  const scores = sides[0].finish(columns.own, windows, windowLength);
  const otherScores = sides[1].finish(columns.other, windows, windowLength);
  return {
    own: scores,
    other: otherScores,
    spans: compareSpans(scores.tokens, otherScores.tokens, columns.divergences),
  };
}

/** One model's part of a comparison in step. */
class Side {
  readonly #scorer: TextScorer;
  readonly #placed: PlacedTokens;
  readonly #work = { knownTokenCount: 0, readTokenCount: 0, reusedTokenCount: 0 };

  constructor(scorer: TextScorer, placed: PlacedTokens) {
    this.#scorer = scorer;
    this.#placed = placed;
  }

  /** The token between documents, then those of the window. */
  windowIds({ start, end }: ScoreWindow): readonly number[] {
    return [this.#scorer.options.startToken, ...this.#placed.ids.subarray(start, end)];
  }

  /** Tokens that are read for a window; what follows the last token of the window is not asked. */
  sequence(window: ScoreWindow): readonly number[] {
    return this.windowIds(window).slice(0, -1);
  }

  decoder(sequence: readonly number[]): DecoderSession {
    return this.#scorer.options.decoders.take(sequence, true);
  }

  countKnown(count: number): void {
    this.#work.knownTokenCount += count;
  }

  countRead(reused: number, decoder: DecoderSession): void {
    this.#work.reusedTokenCount += reused;
    this.#work.readTokenCount += decoder.cachedTokenCount - reused;
  }

  /** What the rows say of the tokens that follow them. */
  describe({ start }: ScoreWindow, rows: LogProbRows, topCount: number): Promise<RowSummary> {
    const { statistics, tokenizer } = this.#scorer.options;
    const token = start + rows.first;
    const ids = Array.from(this.#placed.ids.subarray(token, token + rows.count));
    return statistics.describe(rows, ids, tokenizer.table.size, topCount);
  }

  finish(columns: ScoreColumns, windows: readonly ScoreWindow[], windowLength: number): ScoredText {
    const pieces = new ScorePieces(this.#placed, columns, this.#scorer.options.tokenizer.table);
    const tokens = pieces.cut(0, this.#placed.ids.length);
    return { tokens, totals: scoreTotals(tokens), windows, windowLength, work: this.#work };
  }
}

/** Reads a window with both models, run by run, from the row `firstRow` on. */
async function readInStep(
  [own, other]: readonly [Side, Side],
  window: ScoreWindow,
  firstRow: number,
  signal: AbortSignal,
  visit: (rows: LogProbRows, otherRows: LogProbRows) => Promise<void>,
): Promise<void> {
  const [tokens, otherTokens] = [own.sequence(window), other.sequence(window)];
  const [decoder, otherDecoder] = [own.decoder(tokens), other.decoder(otherTokens)];
  let otherReused: number | undefined;
  const reused = await decoder.readRows(
    { tokens, firstRow, reusable: firstRow },
    async (rows) => {
      const end = rows.first + rows.count;
      const parts: LogProbRows[] = [];
      const found = await otherDecoder.readRows(
        { tokens: otherTokens.slice(0, end), firstRow: rows.first, reusable: rows.first },
        (part) => {
          parts.push(part);
          return true;
        },
        signal,
      );
      otherReused ??= found;
      await visit(rows, joinRows(parts));
      return true;
    },
    signal,
  );
  own.countRead(reused, decoder);
  other.countRead(otherReused ?? 0, otherDecoder);
}

/** Rows of several runs as one. */
function joinRows(parts: readonly LogProbRows[]): LogProbRows {
  const [first] = parts;
  if (parts.length === 1) return first!;
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const logProbs = new Float32Array(count * first!.vocabularySize);
  let place = 0;
  for (const part of parts) {
    logProbs.set(part.logProbs, place);
    place += part.logProbs.length;
  }
  return { ...first!, count, logProbs };
}

function isSameVocabulary(own: TokenTable, other: TokenTable): boolean {
  if (own.size !== other.size) return false;
  for (let id = 0; id < own.size; id++) if (own.nameOf(id) !== other.nameOf(id)) return false;
  return true;
}

function isSame({ ids }: PlacedTokens, other: PlacedTokens): boolean {
  return ids.length === other.ids.length && ids.every((id, index) => id === other.ids[index]);
}
