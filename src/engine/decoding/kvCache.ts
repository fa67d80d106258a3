import type { LayerCacheNames } from '../onnx/decoderSignature.js';
import type { SessionTensor } from '../onnx/onnxRuntime.js';

/** Rows that a cache has room for at first; it grows by doubling, since few prompts fill a long context. */
const firstCapacity = 512;

/** Sizes of a decoder's cache. */
export interface KvShape {
  readonly layers: readonly LayerCacheNames[];
  readonly kvHeads: number;
  readonly headDim: number;
}

/**
 * Keys and values of the tokens that the model has seen, with those tokens.
 *
 * Each tensor is kept in the layout of the feed, [kvHeads, length, headDim] without gaps, at the start of a buffer of
 * fixed capacity. So the feed is a view, never a copy. Adding rows moves the heads after the first one up to make room
 * for them (nothing at all with one key-value head); cutting back moves them down.
 */
export class KvCache {
  readonly #shape: KvShape;
  readonly #largestLength: number;
  readonly #buffers: { readonly name: string; data: Float32Array }[];
  #capacity: number;
  #tokens: number[] = [];

  /** @param largestLength the model's context length. */
  constructor(shape: KvShape, largestLength: number) {
    this.#shape = shape;
    this.#largestLength = largestLength;
    this.#capacity = Math.min(firstCapacity, largestLength);
    this.#buffers = shape.layers
      .flatMap(({ pastKey, pastValue }) => [pastKey, pastValue])
      .map((name) => ({ name, data: new Float32Array(this.#sizeOf(this.#capacity)) }));
  }

  /** Number of tokens held. */
  get length(): number {
    return this.#tokens.length;
  }

  /** How many tokens at the start are those held. */
  commonPrefixLength(tokens: readonly number[]): number {
    const limit = Math.min(tokens.length, this.#tokens.length);
    let length = 0;
    while (length < limit && tokens[length] === this.#tokens[length]) length++;
    return length;
  }

  /** Adds the cache tensors, each [1, kvHeads, length, headDim], to the feeds of a run. Valid until the cache changes. */
  addFeeds(feeds: Record<string, SessionTensor>): void {
    const dims = [1, this.#shape.kvHeads, this.length, this.#shape.headDim];
    const size = this.#sizeOf(this.length);
    for (const { name, data } of this.#buffers) feeds[name] = { type: 'float32', dims, data: data.subarray(0, size) };
  }

  /**
   * Appends tokens with their rows.
   *
   * @param rows per layer the keys, then the values: [1, kvHeads, tokens.length, headDim] each.
   */
  append(tokens: readonly number[], rows: readonly Float32Array[]): void {
    const length = this.length;
    const added = tokens.length;
    if (length + added > this.#largestLength) throw new RangeError('The KV cache is full.');
    this.#reserve(length + added);
    this.#buffers.forEach(({ data }, index) => this.#insertRows(data, rows[index]!, length, added));
    for (const token of tokens) this.#tokens.push(token);
  }

  /** Forgets all but the first `length` tokens. */
  truncate(length: number): void {
    const { kvHeads, headDim } = this.#shape;
    const before = this.length;
    if (length >= before) return;
    for (const { data } of this.#buffers) {
      for (let head = 1; head < kvHeads; head++) {
        const start = head * before * headDim;
        data.copyWithin(head * length * headDim, start, start + length * headDim);
      }
    }
    this.#tokens.length = length;
  }

  #insertRows(data: Float32Array, rows: Float32Array, length: number, added: number): void {
    const { kvHeads, headDim } = this.#shape;
    const total = length + added;
    for (let head = kvHeads - 1; head >= 0; head--) {
      const source = head * length * headDim;
      if (head > 0) data.copyWithin(head * total * headDim, source, source + length * headDim);
      data.set(rows.subarray(head * added * headDim, (head + 1) * added * headDim), (head * total + length) * headDim);
    }
  }

  #reserve(length: number): void {
    if (length <= this.#capacity) return;
    while (this.#capacity < length) this.#capacity *= 2;
    this.#capacity = Math.min(this.#capacity, this.#largestLength);
    for (const buffer of this.#buffers) {
      const grown = new Float32Array(this.#sizeOf(this.#capacity));
      grown.set(buffer.data.subarray(0, this.#sizeOf(this.length)));
      buffer.data = grown;
    }
  }

  #sizeOf(length: number): number {
    return this.#shape.kvHeads * length * this.#shape.headDim;
  }
}
