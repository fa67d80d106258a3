import { GlassboxError, throwIfAborted } from '../../core/errors.js';
import type { DecoderGraph } from '../onnx/decoderGraph.js';
import type { DecoderSignature } from '../onnx/decoderSignature.js';
import type { OnnxSession, SessionTensor } from '../onnx/onnxRuntime.js';
import { KvCache } from './kvCache.js';

/**
 * Tokens per run while a prompt is read. A run cannot be interrupted, so this bounds how long a cancellation waits;
 * 128 costs nothing against one big run, 64 costs a tenth (measured with models of 15 to 500 million parameters).
 */
export const prefillChunk = 128;

/** Log-probabilities that one run may return, so that scoring with a large vocabulary does not take gigabytes. */
const largestOutput = 4_000_000;

/** Rows that one run gave, for tokens that follow each other. */
export interface LogProbRows {
  /** Index of the token after which the first row stands. */
  readonly first: number;
  readonly count: number;
  readonly vocabularySize: number;
  /** [count, vocabulary]; valid until the next run. */
  readonly logProbs: Float32Array;
}

/** A sequence whose rows are wanted. */
export interface RowsRequest {
  readonly tokens: readonly number[];
  /** The rows after this token and all later ones are given; those before are not computed. */
  readonly firstRow: number;
  /** At most this many tokens at the start are taken from the cache; at most `firstRow` in any case. */
  readonly reusable: number;
}

/** What {@link DecoderSession.prefill} did. */
export interface Prefill {
  /** Tokens at the start of the prompt whose keys and values were still there. */
  readonly reusedTokenCount: number;
  /** Log-probabilities [vocabulary] of the token after the prompt. */
  readonly logProbs: Float32Array;
}

/**
 * A decoder with the keys and values of the sequence it saw last.
 *
 * One sequence, not several: requests follow the cursor, so the next prompt nearly always begins like the last one, and
 * a second cache would double the engine's largest block of memory for the rare switch between two files, which costs
 * one prefill. What else is asked of a model has siblings of its own. Calls must not overlap. Where a graph quantises the activations of a whole run with one scale
 * (DynamicQuantizeLinear), the probabilities depend on how the tokens were spread over runs; with float32, and with a
 * scale per position as in the bundled model, only by rounding.
 */
export class DecoderSession {
  readonly #session: OnnxSession;
  readonly #signature: DecoderSignature;
  readonly #cache: KvCache;
  readonly #newRows: readonly string[];
  readonly #logProbs: string;
  readonly #contextLength: number;
  readonly #mask: BigInt64Array;
  readonly #positions: BigInt64Array;
  readonly #beforeRun: (() => Promise<void>) | undefined;
  readonly #graph: Pick<DecoderGraph, 'logProbs' | 'newRows'>;

  /** @param beforeRun awaited before each run; what it throws ends the work. */
  constructor(
    session: OnnxSession,
    signature: DecoderSignature,
    graph: Pick<DecoderGraph, 'logProbs' | 'newRows'>,
    contextLength: number,
    beforeRun?: () => Promise<void>,
  ) {
    this.#beforeRun = beforeRun;
    this.#graph = graph;
    this.#session = session;
    this.#signature = signature;
    this.#contextLength = contextLength;
    this.#cache = new KvCache(signature, contextLength);
    this.#newRows = graph.newRows.flatMap(({ key, value }) => [key, value]);
    this.#logProbs = graph.logProbs;
    this.#mask = new BigInt64Array(contextLength).fill(1n);
    this.#positions = BigInt64Array.from({ length: contextLength }, (_, index) => BigInt(index));
  }

  /** Tokens whose keys and values are held. */
  get cachedTokenCount(): number {
    return this.#cache.length;
  }

  /** True when the context holds no further token. */
  get isFull(): boolean {
    return this.#cache.length >= this.#contextLength;
  }

  /** Tokens that one run reads while rows are wanted: such runs begin at multiples of it. */
  get rowsPerRun(): number {
    const rows = Math.floor(largestOutput / (this.#signature.vocabularySize ?? largestOutput));
    return Math.min(prefillChunk, Math.max(1, rows));
  }

  /** Bytes that the keys and values of one token take. */
  get bytesPerToken(): number {
    const { layers, kvHeads, headDim } = this.#signature;
    return layers.length * 2 * kvHeads * headDim * Float32Array.BYTES_PER_ELEMENT;
  }

  /**
   * A decoder over the same loaded graph with a cache of its own, so that its work leaves this one's cache alone. Only the
   * first decoder is to be released.
   */
  sibling(beforeRun: () => Promise<void>): DecoderSession {
    return new DecoderSession(this.#session, this.#signature, this.#graph, this.#contextLength, beforeRun);
  }

  /** How many tokens at the start of a sequence are those whose keys and values are held. */
  commonPrefixLength(tokens: readonly number[]): number {
    return this.#cache.commonPrefixLength(tokens);
  }

  /**
   * Reads a prompt of at least one token; what the previous prompt began with in the same way is not read again.
   *
   * @throws GlassboxError `cancelled` between chunks (what was read stays cached), `context-too-long`,
   *   `model-unsupported` when the graph cannot be run that far.
   */
  async prefill(prompt: readonly number[], signal: AbortSignal): Promise<Prefill> {
    this.#requireRoom(prompt.length);
    // What comes after the last token is known only from running it, so that one is always read.
    const reusedTokenCount = Math.min(this.#cache.commonPrefixLength(prompt), prompt.length - 1);
    this.#cache.truncate(reusedTokenCount);
    await this.#readWhileMoreThan(prefillChunk, prompt, signal);
    return { reusedTokenCount, logProbs: await this.#runLast(prompt.slice(this.#cache.length), signal) };
  }

  /**
   * Makes sure that the keys and values of `prompt` are held. What is held beyond it stays, since the next prompt may well
   * go on with it.
   *
   * @returns How many tokens were held already.
   */
  async warm(prompt: readonly number[], signal: AbortSignal): Promise<number> {
    this.#requireRoom(prompt.length);
    const reusedTokenCount = this.#cache.commonPrefixLength(prompt);
    if (reusedTokenCount < prompt.length) {
      this.#cache.truncate(reusedTokenCount);
      await this.#readWhileMoreThan(0, prompt, signal);
    }
    return reusedTokenCount;
  }

  /** Appends one token; returns the log-probabilities [vocabulary] of the token after it. */
  async step(token: number, signal: AbortSignal): Promise<Float32Array> {
    return this.#runLast([token], signal);
  }

  /**
   * Reads a sequence, computing the log-probabilities of the token after each of its tokens from `firstRow` on. Runs begin
   * at multiples of {@link rowsPerRun}, so that the same sequence gives the same numbers bit by bit however much of it was
   * read before.
   *
   * @param visit called with the rows in order; they are valid until it settles. Reading goes on while it gives true.
   * @returns How many tokens were taken from the cache.
   * @throws GlassboxError `cancelled` between runs, `context-too-long`.
   */
  async readRows(
    { tokens, firstRow, reusable }: RowsRequest,
    visit: (rows: LogProbRows) => boolean | Promise<boolean>,
    signal: AbortSignal,
  ): Promise<number> {
    this.#requireRoom(tokens.length);
    const length = this.rowsPerRun;
    const held = Math.min(this.#cache.commonPrefixLength(tokens), reusable, firstRow);
    const reused = held - (held % length);
    this.#cache.truncate(reused);
    for (let start = reused; start < tokens.length; start += length) {
      const chunk = tokens.slice(start, start + length);
      const end = start + chunk.length;
      const count = Math.max(0, end - Math.max(start, firstRow));
      const logProbs = await this.#run(chunk, count, signal);
      if (count === 0) continue;
      const vocabularySize = logProbs.length / (this.#signature.logitsToKeepDims === undefined ? chunk.length : count);
      const rows = logProbs.subarray(logProbs.length - count * vocabularySize);
      if (!(await visit({ first: end - count, count, vocabularySize, logProbs: rows }))) break;
    }
    return reused;
  }

  /** Frees the session. */
  async release(): Promise<void> {
    await this.#session.release();
  }

  /** Reads chunk after chunk of the prompt while more than `limit` of its tokens are not held. */
  async #readWhileMoreThan(limit: number, prompt: readonly number[], signal: AbortSignal): Promise<void> {
    while (prompt.length - this.#cache.length > limit) {
      const start = this.#cache.length;
      await this.#run(prompt.slice(start, start + prefillChunk), 0, signal);
    }
  }

  async #runLast(tokens: readonly number[], signal: AbortSignal): Promise<Float32Array> {
    const logProbs = await this.#run(tokens, 1, signal);
    if (this.#signature.logitsToKeepDims !== undefined) return logProbs;
    return logProbs.subarray(logProbs.length - logProbs.length / tokens.length);
  }

  /** One run over new tokens. Returns the last `rowCount` rows of log-probabilities (all where the graph cannot choose). */
  async #run(tokens: readonly number[], rowCount: number, signal: AbortSignal): Promise<Float32Array> {
    // Lets messages in, so that a cancellation which arrived during the last run is seen before the next one.
    await nextTurn();
    await this.#beforeRun?.();
    throwIfAborted(signal);
    const outputs = rowCount === 0 ? this.#newRows : [...this.#newRows, this.#logProbs];
    const results = await this.#session
      .run(this.#feeds(tokens, rowCount), outputs)
      .catch((error: unknown) => this.#failRun(tokens.length, error));
    this.#cache.append(
      tokens,
      this.#newRows.map((name) => results[name]!),
    );
    return results[this.#logProbs] ?? new Float32Array(0);
  }

  #failRun(tokenCount: number, cause: unknown): never {
    const end = this.#cache.length + tokenCount;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GlassboxError('model-unsupported', `ONNX Runtime failed at token ${end} of the context: ${reason}`, {
      action: `The model may read fewer than the ${this.#contextLength} tokens that its card names as contextLength.`,
      cause,
    });
  }

  #feeds(tokens: readonly number[], rowCount: number): Record<string, SessionTensor> {
    const start = this.#cache.length;
    const end = start + tokens.length;
    const feeds: Record<string, SessionTensor> = {
      input_ids: { type: 'int64', dims: [1, tokens.length], data: BigInt64Array.from(tokens, BigInt) },
    };
    if (this.#signature.hasAttentionMask) {
      feeds.attention_mask = { type: 'int64', dims: [1, end], data: this.#mask.subarray(0, end) };
    }
    if (this.#signature.hasPositionIds) {
      feeds.position_ids = { type: 'int64', dims: [1, tokens.length], data: this.#positions.subarray(start, end) };
    }
    const dims = this.#signature.logitsToKeepDims;
    if (dims !== undefined) {
      // Zero would mean all positions.
      feeds.num_logits_to_keep = { type: 'int64', dims, data: BigInt64Array.of(BigInt(Math.max(1, rowCount))) };
    }
    this.#cache.addFeeds(feeds);
    return feeds;
  }

  #requireRoom(length: number): void {
    if (length <= this.#contextLength) return;
    throw new GlassboxError(
      'context-too-long',
      `The text has ${length} tokens; the model reads at most ${this.#contextLength}.`,
    );
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
