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
 * one prefill. Calls must not overlap. Where a graph quantises the activations of a whole run with one scale
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

  constructor(
    session: OnnxSession,
    signature: DecoderSignature,
    graph: Pick<DecoderGraph, 'logProbs' | 'newRows'>,
    contextLength: number,
  ) {
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
   * Reads a sequence from its start, computing the log-probabilities of the token after each of its tokens.
   *
   * @param visit called for each token in order; its row [vocabulary] is valid during the call only.
   * @throws GlassboxError `cancelled` between runs, `context-too-long`.
   */
  async visitLogProbs(
    tokens: readonly number[],
    visit: (index: number, logProbs: Float32Array) => void,
    signal: AbortSignal,
  ): Promise<void> {
    this.#requireRoom(tokens.length);
    this.#cache.truncate(0);
    const rows = Math.floor(largestOutput / (this.#signature.vocabularySize ?? largestOutput));
    const chunkLength = Math.min(prefillChunk, Math.max(1, rows));
    for (let done = 0; done < tokens.length; done += chunkLength) {
      const chunk = tokens.slice(done, done + chunkLength);
      const logProbs = await this.#run(chunk, chunk.length, signal);
      const vocabularySize = logProbs.length / chunk.length;
      for (let row = 0; row < chunk.length; row++) {
        visit(done + row, logProbs.subarray(row * vocabularySize, (row + 1) * vocabularySize));
      }
    }
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
