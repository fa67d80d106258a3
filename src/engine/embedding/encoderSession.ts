import type { EncoderSignature } from '../onnx/encoderSignature.js';
import type { OnnxSession, SessionTensor } from '../onnx/onnxRuntime.js';

/** Turns batches of token ids into vectors of length 1. */
export class EncoderSession {
  readonly #session: OnnxSession;
  readonly #signature: EncoderSignature;
  readonly #padding: number;

  /** @param padding id that fills up the shorter texts of a batch. */
  constructor(session: OnnxSession, signature: EncoderSignature, padding: number) {
    this.#session = session;
    this.#signature = signature;
    this.#padding = padding;
  }

  /** Numbers of a vector. */
  get dimensions(): number {
    return this.#signature.dimensions;
  }

  /**
   * Embeds texts in one run.
   *
   * @param texts token ids of each, framed; at least one.
   * @returns [texts, dimensions], row-major.
   */
  async embed(texts: readonly (readonly number[])[]): Promise<Float32Array> {
    const { output, dimensions } = this.#signature;
    const length = Math.max(...texts.map(({ length }) => length));
    const results = await this.#session.run(this.#feeds(texts, length), [output.name]);
    const found = results[output.name]!;
    const vectors =
      output.kind === 'text'
        ? found
        : meansOfTokens(
            found,
            texts.map(({ length }) => length),
            length,
            dimensions,
          );
    normalizeRows(vectors, dimensions);
    return vectors;
  }

  /** Frees the native memory. */
  release(): Promise<void> {
    return this.#session.release();
  }

  #feeds(texts: readonly (readonly number[])[], length: number): Record<string, SessionTensor> {
    const dims = [texts.length, length];
    const ids = new BigInt64Array(texts.length * length).fill(BigInt(this.#padding));
    const mask = new BigInt64Array(texts.length * length);
    for (const [row, text] of texts.entries()) {
      for (const [place, id] of text.entries()) ids[row * length + place] = BigInt(id);
      mask.fill(1n, row * length, row * length + text.length);
    }
    const { hasAttentionMask, hasTokenTypeIds } = this.#signature;
    return {
      input_ids: { type: 'int64', dims, data: ids },
      ...(hasAttentionMask && { attention_mask: { type: 'int64', dims, data: mask } }),
      ...(hasTokenTypeIds && { token_type_ids: { type: 'int64', dims, data: new BigInt64Array(ids.length) } }),
    };
  }
}

/** Mean of each text's token vectors; those of padding are left out. */
function meansOfTokens(tokens: Float32Array, lengths: readonly number[], length: number, width: number): Float32Array {
  const means = new Float32Array(lengths.length * width);
  for (const [row, count] of lengths.entries()) {
    for (let at = 0; at < count * width; at++) {
      means[row * width + (at % width)]! += tokens[row * length * width + at]! / count;
    }
  }
  return means;
}

/** Gives every row the length 1; rows of zeros stay. */
function normalizeRows(vectors: Float32Array, width: number): void {
  for (let start = 0; start < vectors.length; start += width) {
    const row = vectors.subarray(start, start + width);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (length > 0) for (const [index, value] of row.entries()) row[index] = value / length;
  }
}
