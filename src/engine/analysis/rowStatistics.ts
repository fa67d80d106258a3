import type { LogProbRows } from '../decoding/decoderSession.js';
import type { OnnxRuntime, OnnxSession } from '../onnx/onnxRuntime.js';
import { divergenceGraph, rowStatisticsGraph } from '../onnx/rowStatisticsGraph.js';

/** What some rows of log-probabilities say of the tokens that stand there, and in general. */
export interface RowSummary {
  /** [rows]: log-probability of the actual token; minus infinity when the row has no entry for it. */
  readonly logProbs: Float32Array;
  /** [rows]: how many tokens are likelier than the actual one. */
  readonly likelier: Float32Array;
  /** [rows], in nats. */
  readonly entropies: Float32Array;
  /** [rows, topCount] ids of the likeliest tokens, among equals the lower id first. */
  readonly topIds: Float32Array;
  /** [rows, topCount] */
  readonly topLogProbs: Float32Array;
}

const outputs = ['entropies', 'likelier', 'topLogProbs', 'topIds'] as const;

/** Describes rows of any model. Its graphs are loaded when they are needed; they take a few kilobytes. */
export class RowStatistics {
  readonly #runtime: OnnxRuntime;
  readonly #threadCount: number;
  #statistics: Promise<OnnxSession> | undefined;
  #divergence: Promise<OnnxSession> | undefined;

  /** @param threadCount threads that share one operator. */
  constructor(runtime: OnnxRuntime, threadCount: number) {
    this.#runtime = runtime;
    this.#threadCount = threadCount;
  }

  /**
   * @param ids the actual tokens, one for each row.
   * @param vocabularySize the first so many entries of each row count; rows may be longer (padding).
   * @param topCount at most `vocabularySize`.
   */
  async describe(
    rows: LogProbRows,
    ids: readonly number[],
    vocabularySize: number,
    topCount: number,
  ): Promise<RowSummary> {
    const logProbs = Float32Array.from(ids, (id, row) => rows.logProbs[row * rows.vocabularySize + id] ?? -Infinity);
    const session = await (this.#statistics ??= this.#load(rowStatisticsGraph()));
    const results = await session.run(
      {
        rows: { type: 'float32', dims: [rows.count, vocabularySize], data: withoutPadding(rows, vocabularySize) },
        actual: { type: 'float32', dims: [rows.count, 1], data: logProbs },
        topCount: { type: 'int64', dims: [1], data: BigInt64Array.of(BigInt(topCount)) },
      },
      outputs,
    );
    return {
      logProbs,
      likelier: results['likelier']!,
      entropies: results['entropies']!,
      topIds: results['topIds']!,
      topLogProbs: results['topLogProbs']!,
    };
  }

  /**
   * Kullback-Leibler divergence of `other` from `rows`, row by row: [rows], in nats.
   *
   * @param vocabularySize the first so many entries of each row count.
   */
  async divergences(rows: LogProbRows, other: LogProbRows, vocabularySize: number): Promise<Float32Array> {
    const session = await (this.#divergence ??= this.#load(divergenceGraph()));
    const dims = [rows.count, vocabularySize];
    const results = await session.run(
      {
        rows: { type: 'float32', dims, data: withoutPadding(rows, vocabularySize) },
        other: { type: 'float32', dims, data: withoutPadding(other, vocabularySize) },
      },
      ['divergences'],
    );
    return results['divergences']!;
  }

  /** Frees the graphs. */
  async release(): Promise<void> {
    const sessions = [this.#statistics, this.#divergence];
    [this.#statistics, this.#divergence] = [undefined, undefined];
    for (const session of sessions) await (await session?.catch(() => undefined))?.release();
  }

  #load(graph: Uint8Array): Promise<OnnxSession> {
    return this.#runtime.createSession(graph, { threadCount: this.#threadCount, externalDataFolder: undefined });
  }
}

function withoutPadding(rows: LogProbRows, vocabularySize: number): Float32Array {
  if (rows.vocabularySize === vocabularySize) return rows.logProbs;
  const data = new Float32Array(rows.count * vocabularySize);
  for (let row = 0; row < rows.count; row++) {
    const start = row * rows.vocabularySize;
    data.set(rows.logProbs.subarray(start, start + vocabularySize), row * vocabularySize);
  }
  return data;
}
