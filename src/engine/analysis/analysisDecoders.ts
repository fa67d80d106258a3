import type { DecoderSession } from '../decoding/decoderSession.js';

/** Keys and values that are kept for analyses of one sort, as far as several sequences fit. */
const mostBytes = 64 * 2 ** 20;
const mostSequences = 4;

/**
 * Decoders for analyses of one model, each with the keys and values of another sequence, over the one loaded graph. A
 * sequence gets the decoder that holds the longest beginning of it. They are made when they are needed.
 */
export class AnalysisDecoders {
  /** Tokens that one run reads while rows are wanted. */
  readonly rowsPerRun: number;
  readonly #create: () => DecoderSession;
  readonly #limit: number;
  /** The one used last at the end. */
  readonly #decoders: DecoderSession[] = [];
  /** For sequences that are not worth keeping. */
  #passing: DecoderSession | undefined;

  /**
   * @param create makes a decoder with an empty cache.
   * @param sizes of those decoders.
   * @param longestSequence in tokens.
   */
  constructor(
    create: () => DecoderSession,
    { bytesPerToken, rowsPerRun }: Pick<DecoderSession, 'bytesPerToken' | 'rowsPerRun'>,
    longestSequence: number,
  ) {
    this.#create = create;
    this.rowsPerRun = rowsPerRun;
    const fitting = Math.floor(mostBytes / (bytesPerToken * longestSequence));
    this.#limit = Math.max(1, Math.min(mostSequences, fitting) - 1);
  }

  /** Tokens whose keys and values are held. */
  get cachedTokenCount(): number {
    const passing = this.#passing?.cachedTokenCount ?? 0;
    return this.#decoders.reduce((sum, { cachedTokenCount }) => sum + cachedTokenCount, passing);
  }

  /**
   * The decoder with which to read a sequence: one that has half of what it holds, or at least a run's worth of tokens, in
   * common with it, otherwise one whose loss is the smallest.
   *
   * @param isKept True when the sequence will be read again, slightly changed: then its keys and values are kept longer.
   */
  take(tokens: readonly number[], isKept: boolean): DecoderSession {
    const [best] = [...this.#decoders, ...(this.#passing === undefined ? [] : [this.#passing])]
      .map((decoder) => ({ decoder, shared: decoder.commonPrefixLength(tokens) }))
      .filter(({ decoder, shared }) => shared >= Math.min(this.rowsPerRun, decoder.cachedTokenCount / 2))
      .sort((left, right) => right.shared - left.shared);
    if (best !== undefined && best.decoder !== this.#passing) return this.#touch(best.decoder);
    if (!isKept) return (this.#passing ??= this.#create());
    if (this.#decoders.length < this.#limit) return this.#touch(this.#create());
    return this.#touch(this.#decoders[0]!);
  }

  /** Lets go of all keys and values. */
  clear(): void {
    this.#decoders.length = 0;
    this.#passing = undefined;
  }

  #touch(decoder: DecoderSession): DecoderSession {
    const place = this.#decoders.indexOf(decoder);
    if (place >= 0) this.#decoders.splice(place, 1);
    this.#decoders.push(decoder);
    return decoder;
  }
}
