import { compareSpans } from '../../core/scores/comparedSpans.js';
import { scoreTotals } from '../../core/scores/scoreTotals.js';
import { planWindows, type ScoreWindow } from '../../core/scores/scoreWindows.js';
import { findLineStarts } from '../../core/scores/lineStarts.js';
import type { PlacedTokens } from '../../core/tokenizer/placedTokens.js';
import type { TokenTable } from '../../core/tokenizer/tokenTable.js';
import type { CompareProgress, TextComparison, ScoredText } from '../../protocol/scoresContract.js';
import type { DecoderSession, LogProbRows } from '../decoding/decoderSession.js';
import type { AnalysisTurn } from './analysisTurn.js';
import { ScoreColumns } from './scoreColumns.js';
import { ScorePieces } from './scorePieces.js';
import { overlaps, tokensInRange, type ScoreRequest, type TextScorer } from './textScorer.js';

/** Two models of one comparison, the reference first. */
interface Pair {
  readonly own: TextScorer;
  readonly other: TextScorer;
}

/**
 * Compares what two models think of a text. Where they divide it into the same tokens of the same vocabulary, both read it
 * in the same windows and their distributions are compared too; otherwise each scores it in its own way.
 *
 * @throws GlassboxError `cancelled` between runs.
 */
export async function compareTexts(
  pair: Pair,
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
  { own, other }: Pair,
  placed: PlacedTokens,
  request: ScoreRequest,
  report: (progress: CompareProgress) => void,
  turn: AnalysisTurn,
): Promise<TextComparison> {
  const count = placed.ids.length;
  const windowLength = Math.min(own.options.windowLength, other.options.windowLength);
  const windows = planWindows(count, findLineStarts(request.text, placed), windowLength);
  const priority = tokensInRange(placed, request.priority);
  const asked = windows.filter((window) => request.extent !== 'priority' || overlaps(window, priority));
  const sides = [new Side(own, placed, request.topCount), new Side(other, placed, request.topCount)] as const;
  const divergences = new Float32Array(count).fill(NaN);
  const total = asked.reduce((sum, { scoredStart, end }) => sum + end - scoredStart, 0);
  let completed = 0;
  for (const window of asked) {
    await readInStep(sides, window, turn.signal, async (rows, otherRows) => {
      const token = window.start + rows.first;
      await sides[0].fill(token, rows);
      await sides[1].fill(token, otherRows);
      divergences.set(
        await own.options.statistics.divergences(rows, otherRows, own.options.tokenizer.table.size),
        token,
      );
      report({ completed: (completed += rows.count), total });
    });
  }
  const [scores, otherScores] = sides.map((side) => side.finish(windows, windowLength)) as [ScoredText, ScoredText];
  return { own: scores, other: otherScores, spans: compareSpans(scores.tokens, otherScores.tokens, divergences) };
}

/** One model's part of a comparison in step. */
class Side {
  readonly #scorer: TextScorer;
  readonly #placed: PlacedTokens;
  readonly #columns: ScoreColumns;
  readonly #work = { knownTokenCount: 0, readTokenCount: 0, reusedTokenCount: 0 };

  constructor(scorer: TextScorer, placed: PlacedTokens, topCount: number) {
    this.#scorer = scorer;
    this.#placed = placed;
    this.#columns = new ScoreColumns(placed.ids.length, Math.min(topCount, scorer.options.tokenizer.table.size));
  }

  /** Tokens that are read for a window; what follows the last token of the window is not asked. */
  sequence({ start, end }: ScoreWindow): readonly number[] {
    return [this.#scorer.options.startToken, ...this.#placed.ids.subarray(start, end - 1)];
  }

  decoder(sequence: readonly number[]): DecoderSession {
    return this.#scorer.options.decoders.take(sequence, true);
  }

  countWork(reused: number, decoder: DecoderSession): void {
    this.#work.reusedTokenCount += reused;
    this.#work.readTokenCount += decoder.cachedTokenCount - reused;
  }

  /** Describes tokens by the rows that they came from. */
  async fill(token: number, rows: LogProbRows): Promise<void> {
    const { statistics, tokenizer } = this.#scorer.options;
    const ids = Array.from(this.#placed.ids.subarray(token, token + rows.count));
    this.#columns.fill(token, await statistics.describe(rows, ids, tokenizer.table.size, this.#columns.topCount));
  }

  finish(windows: readonly ScoreWindow[], windowLength: number): ScoredText {
    const pieces = new ScorePieces(this.#placed, this.#columns, this.#scorer.options.tokenizer.table);
    const tokens = pieces.cut(0, this.#placed.ids.length);
    return { tokens, totals: scoreTotals(tokens), windows, windowLength, work: this.#work };
  }
}

/** Reads a window with both models, run by run. */
async function readInStep(
  [own, other]: readonly [Side, Side],
  window: ScoreWindow,
  signal: AbortSignal,
  visit: (rows: LogProbRows, otherRows: LogProbRows) => Promise<void>,
): Promise<void> {
  const [tokens, otherTokens] = [own.sequence(window), other.sequence(window)];
  const [decoder, otherDecoder] = [own.decoder(tokens), other.decoder(otherTokens)];
  const firstRow = window.scoredStart - window.start;
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
  own.countWork(reused, decoder);
  other.countWork(otherReused ?? 0, otherDecoder);
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
