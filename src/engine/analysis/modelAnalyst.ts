import type { Clock } from '../../core/clock.js';
import { GlassboxError } from '../../core/errors.js';
import { describeTokens } from '../../core/nextTokens/tokenDescriptions.js';
import { mostLikely } from '../../core/sampling/mostLikely.js';
import type { ScoredTokens } from '../../core/scores/scoredTokens.js';
import { ForcedPrefix } from '../../core/tokenizer/forcedPrefix.js';
import type { TextTokenizer } from '../../core/tokenizer/textTokenizer.js';
import type { TokenPrefixIndex } from '../../core/tokenizer/tokenPrefixIndex.js';
import type { AnalysisTarget } from '../../protocol/modelTarget.js';
import type { NextTokenContext, NextTokenParams, NextTokens } from '../../protocol/nextTokensContract.js';
import type { CompareProgress, TextComparison, TextScores } from '../../protocol/scoresContract.js';
import type { DecoderSession } from '../decoding/decoderSession.js';
import type { HealedPrompt } from '../decoding/healedPrompt.js';
import { SerialTasks } from '../models/serialTasks.js';
import { AnalysisDecoders } from './analysisDecoders.js';
import type { AnalysisTurn } from './analysisTurn.js';
import { ComparedColumns } from './comparedColumns.js';
import { KnownWindows } from './knownWindows.js';
import type { RowStatistics } from './rowStatistics.js';
import { compareTexts } from './textComparer.js';
import { largestWindow, TextScorer, type ScoreRequest } from './textScorer.js';

/** Analyses that nobody has asked for this long give their memory back. */
export const idleMs = 300_000;

type AnalysedPrompt = Pick<HealedPrompt, 'prompt' | 'forcedBytes'>;
type PromptContext = Exclude<NextTokenContext, { readonly kind: 'text' }>;

const noBytes = new Uint8Array(0);

/** What an analyst works with. */
export interface ModelAnalystOptions {
  readonly tokenizer: TextTokenizer;
  /** The decoder of completions; its cache is left alone. */
  readonly decoder: DecoderSession;
  readonly statistics: RowStatistics;
  /** The prompt of a completion. */
  readonly compose: (context: PromptContext) => AnalysedPrompt;
  readonly index: TokenPrefixIndex;
  readonly startToken: number;
  readonly contextLength: number;
  readonly clock: Clock;
}

/** Log-probabilities of a given continuation. */
export interface ContinuationScore {
  /** Natural log-probability of each token of the continuation, given all before it. */
  readonly logProbs: Float32Array;
  /** Tokens that the model did not have to read again. */
  readonly reusedTokenCount: number;
}

/**
 * What is asked of a model besides completing. Analyses have keys and values of their own, made with the first of them, so
 * that the next keystroke finds those of the completion as they were. One analysis runs at a time.
 *
 * The bundled model takes 2 KB for each token held, so at most 16 MB for eight sequences of 1,024; larger models hold fewer
 * sequences. The engine's resident memory rises by about 60 MB with the first score (207 MB after scoring 16,274 tokens,
 * 144 MB before), most of it the logits of one run; it does not grow with the text.
 */
export class ModelAnalyst {
  readonly #options: ModelAnalystOptions;
  readonly #scorer: TextScorer;
  /** What was compared, by the other model. */
  #compared = new WeakMap<ModelAnalyst, KnownWindows<ComparedColumns>>();
  readonly #textDecoders: AnalysisDecoders;
  readonly #promptDecoders: AnalysisDecoders;
  readonly #tasks = new SerialTasks();
  #giveWay: () => Promise<void> = () => Promise.resolve();
  #cancelIdle: () => void = () => undefined;

  constructor(options: ModelAnalystOptions) {
    this.#options = options;
    const { decoder, tokenizer, statistics, startToken, contextLength, clock } = options;
    const windowLength = Math.min(contextLength, largestWindow);
    const create = (): DecoderSession => decoder.sibling(() => this.#giveWay());
    this.#textDecoders = new AnalysisDecoders(create, decoder, windowLength);
    this.#promptDecoders = new AnalysisDecoders(create, decoder, contextLength);
    this.#scorer = new TextScorer({
      tokenizer,
      decoders: this.#textDecoders,
      statistics,
      startToken,
      windowLength,
      clock,
    });
  }

  /** Tokens whose keys and values are held for analyses. */
  get cachedTokenCount(): number {
    return this.#textDecoders.cachedTokenCount + this.#promptDecoders.cachedTokenCount;
  }

  /** See `scores/score`. @throws GlassboxError `cancelled`. */
  score(request: ScoreRequest, report: (piece: ScoredTokens) => void, turn: AnalysisTurn): Promise<TextScores> {
    return this.#run(turn, () => this.#scorer.score(request, report, turn));
  }

  /**
   * See `scores/compare`; this model is the first one.
   *
   * @throws GlassboxError `bad-request` when the other model is this one, `cancelled`.
   */
  compare(
    other: ModelAnalyst,
    request: ScoreRequest,
    report: (progress: CompareProgress) => void,
    turn: AnalysisTurn,
  ): Promise<TextComparison> {
    if (other === this) return Promise.reject(new GlassboxError('bad-request', 'A model is not compared with itself.'));
    const known =
      this.#compared.get(other) ?? new KnownWindows((length, topCount) => new ComparedColumns(length, topCount));
    this.#compared.set(other, known);
    const pair = { own: this.#scorer, other: other.#scorer, known };
    return this.#run(turn, () => other.#run(turn, () => compareTexts(pair, request, report, turn)));
  }

  /**
   * See `nextTokens/predict`.
   *
   * @throws GlassboxError `bad-request` for a branch with an id that no token has or that does not repeat what was healed,
   *   `context-too-long` for one that leaves no room for the context, `cancelled`.
   */
  predictNext(request: Omit<NextTokenParams, keyof AnalysisTarget>, turn: AnalysisTurn): Promise<NextTokens> {
    return this.#run(turn, async () => {
      const { tokenizer, index } = this.#options;
      const { table } = tokenizer;
      const { context, branch, topCount } = request;
      const stranger = branch.find((id) => id >= table.size);
      if (stranger !== undefined) throw new GlassboxError('bad-request', `The model has no token ${stranger}.`);
      const { prompt, forcedBytes } = this.#prompt(context, branch.length);
      const allowed = allowedAfter(new ForcedPrefix(index, forcedBytes), branch);
      const sequence = [...prompt, ...branch];
      const decoder = this.#promptDecoders.take(sequence, true);
      const { logProbs, reusedTokenCount } = await decoder.prefill(sequence, turn.signal);
      const row = logProbs.slice(0, table.size);
      return {
        logProbs: row,
        contextTokenCount: sequence.length,
        reusedTokenCount,
        tokens: describeTokens([...mostLikely(row, topCount, allowed), ...branch], (id) => ({
          bytes: table.bytesOf(id),
          controlName: table.isSpecial(id) ? table.nameOf(id) : null,
        })),
        repeatedBytes: forcedBytes,
        allowedIds: allowed ?? null,
      };
    });
  }

  /**
   * Scores given tokens after a prompt. Asked about several variants of a prompt it reads only what they do not have in
   * common with the one before: so ask in an order in which neighbours begin alike.
   *
   * @param prompt at least one token.
   * @throws GlassboxError `context-too-long`, `cancelled`.
   */
  scoreContinuation(
    prompt: readonly number[],
    continuation: readonly number[],
    turn: AnalysisTurn,
  ): Promise<ContinuationScore> {
    return this.#run(turn, async () => {
      const logProbs = new Float32Array(continuation.length);
      if (continuation.length === 0) return { logProbs, reusedTokenCount: 0 };
      const tokens = [...prompt, ...continuation.slice(0, -1)];
      const firstRow = prompt.length - 1;
      const decoder = this.#promptDecoders.take(tokens, true);
      const reusedTokenCount = await decoder.readRows(
        { tokens, firstRow, reusable: firstRow },
        ({ first, count, vocabularySize, logProbs: rows }) => {
          for (let row = 0; row < count; row++) {
            const place = first + row - firstRow;
            logProbs[place] = rows[row * vocabularySize + continuation[place]!]!;
          }
          return true;
        },
        turn.signal,
      );
      return { logProbs, reusedTokenCount };
    });
  }

  /** Waits for what runs and lets go of all memory. */
  release(): Promise<void> {
    return this.#tasks.run(async () => this.#forget());
  }

  #run<T>(turn: AnalysisTurn, task: () => Promise<T>): Promise<T> {
    return this.#tasks.run(async () => {
      this.#cancelIdle();
      this.#giveWay = turn.giveWay;
      try {
        return await task();
      } finally {
        this.#cancelIdle = this.#options.clock.schedule(() => this.#forget(), idleMs);
      }
    });
  }

  #forget(): void {
    this.#cancelIdle();
    this.#textDecoders.clear();
    this.#promptDecoders.clear();
    this.#scorer.clear();
    this.#compared = new WeakMap();
  }

  /** Never longer than the context with the branch; a text that is too long loses its beginning in steps of half of it. */
  #prompt(context: NextTokenContext, branchLength: number): AnalysedPrompt {
    const { tokenizer, compose, startToken, contextLength } = this.#options;
    if (context.kind !== 'text') return compose(context);
    const ids = tokenizer.encode(context.text);
    const room = Math.max(1, contextLength - branchLength - 1);
    const step = Math.max(1, Math.floor(room / 2));
    const start = Math.ceil(Math.max(0, ids.length - room) / step) * step;
    return { prompt: [startToken, ...ids.slice(Math.min(start, ids.length - 1))], forcedBytes: noBytes };
  }
}

/** Ids that may follow a branch; undefined when all may. */
function allowedAfter(forced: ForcedPrefix, branch: readonly number[]): Uint32Array | undefined {
  try {
    for (const id of branch) forced.accept(id);
    return forced.allowedIds();
  } catch (error) {
    throw new GlassboxError('bad-request', 'The branch does not begin as the text before it requires.', {
      cause: error,
    });
  }
}
