import { throwIfAborted } from '../../core/errors.js';
import type { ModelDescriptor } from '../../core/model/modelDescriptor.js';
import type { EmbedProgress, Embeddings } from '../../protocol/embeddingsContract.js';
import type { EncoderSession } from '../embedding/encoderSession.js';
import type { CheckedEncoder } from './inspectModel.js';

/** How an embedding is done for somebody: it can be stopped, and lets others through, between two runs. */
export interface EmbeddingTurn {
  readonly signal: AbortSignal;
  readonly giveWay: () => Promise<void>;
}

/** Tokens, padding included, that one run reads: enough to use the processor well, few enough to let others through. */
const tokensPerRun = 2_048;

/** An encoder that is ready to run. */
export class LoadedEncoder {
  readonly descriptor: ModelDescriptor;
  readonly #model: CheckedEncoder;
  readonly #session: EncoderSession;

  constructor(model: CheckedEncoder, session: EncoderSession) {
    this.descriptor = model.descriptor;
    this.#model = model;
    this.#session = session;
  }

  /** An encoder keeps nothing between two texts. */
  get cachedTokenCount(): number {
    return 0;
  }

  /**
   * Embeds texts; what is longer than the context loses its end. Texts of like length are run together.
   *
   * @throws GlassboxError `cancelled`.
   */
  async embed(
    texts: readonly string[],
    report: (progress: EmbedProgress) => void,
    { signal, giveWay }: EmbeddingTurn,
  ): Promise<Embeddings> {
    const { dimensions } = this.#session;
    const framed: number[][] = [];
    const tokenCounts = new Uint32Array(texts.length);
    for (const [index, text] of texts.entries()) {
      throwIfAborted(signal);
      const { ids, tokenCount } = this.#frame(text);
      framed.push(ids);
      tokenCounts[index] = tokenCount;
    }
    const vectors = new Float32Array(texts.length * dimensions);
    let completed = 0;
    for (const batch of batchesOfLikeLength(framed)) {
      throwIfAborted(signal);
      const rows = await this.#session.embed(batch.map((index) => framed[index]!));
      for (const [row, index] of batch.entries()) {
        vectors.set(rows.subarray(row * dimensions, (row + 1) * dimensions), index * dimensions);
      }
      completed += batch.length;
      report({ completed, total: texts.length });
      await giveWay();
    }
    return { vectors, dimensions, tokenCounts, contextLength: this.descriptor.contextLength };
  }

  /** Frees the session. */
  release(): Promise<void> {
    return this.#session.release();
  }

  #frame(text: string): { readonly ids: number[]; readonly tokenCount: number } {
    const { tokenizer, frame, descriptor } = this.#model;
    const ids = tokenizer.encode(text);
    const kept = ids.slice(0, descriptor.contextLength - 2);
    return { ids: [frame.begin, ...kept, frame.separator], tokenCount: ids.length + 2 };
  }
}

/** Indices of texts in groups that go through one run each, the shortest texts first. */
function* batchesOfLikeLength(texts: readonly (readonly number[])[]): Generator<readonly number[]> {
  const order = [...texts.keys()].sort((one, other) => texts[one]!.length - texts[other]!.length);
  let batch: number[] = [];
  for (const index of order) {
    if (batch.length > 0 && (batch.length + 1) * texts[index]!.length > tokensPerRun) {
      yield batch;
      batch = [];
    }
    batch.push(index);
  }
  if (batch.length > 0) yield batch;
}
