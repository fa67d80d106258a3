/**
 * The distinct tokens that a text has, each once, in columns of equal length; in the order of their first appearance.
 */
export interface TokenVocabulary {
  readonly ids: Uint32Array;
  /** As the tokenizer file writes them, for instance `Ġreturn` or `##ing`. */
  readonly names: readonly string[];
  /**
   * When the merge that makes the token is learnt, from 0 (BPE); -1 for tokens that no merge makes, and with other
   * algorithms. A lower rank is merged first.
   */
  readonly mergeRanks: Int32Array;
  /** Log-probability of the piece (Unigram); NaN with other algorithms. */
  readonly scores: Float64Array;
  /** 1 for control tokens and the unknown token: they stand for no text of their own. */
  readonly isControl: Uint8Array;
}

/**
 * The tokens of a text with their exact places, in columns: entry `i` of each belongs to token `i`. Places tile the
 * text as those of `TokenSpan` do, so that a token inside a character may have an empty UTF-16 range. All ranges are
 * half-open.
 */
export interface TokenColumns {
  readonly ids: Uint32Array;
  /** UTF-16 offsets. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** UTF-8 byte offsets; a lone surrogate counts as the three bytes of U+FFFD. */
  readonly byteStarts: Uint32Array;
  readonly byteEnds: Uint32Array;
  /** Index into the columns of {@link TokenVocabulary}. */
  readonly entries: Uint32Array;
  readonly vocabulary: TokenVocabulary;
}

/** Where the tokens of a text are, and nothing else of them; what painting and counting need. */
export type TokenPlaces = Pick<TokenColumns, 'starts' | 'ends' | 'byteEnds'>;
