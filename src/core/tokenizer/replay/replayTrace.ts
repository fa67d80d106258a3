import type { TokenizerAlgorithm } from '../tokenizerSource.js';

/** A token as a step of a replay shows it. */
export interface ReplayedToken {
  readonly id: number;
  /** As the tokenizer file writes it; the unknown token's name where nothing fits. */
  readonly name: string;
}

/** What one component of the normalizer or of the pre-tokenizer made, in the order in which they are applied. */
export interface ReplayedStage<Result> {
  /** Type of the component, for instance `NFKC`, `Split` or `ByteLevel`. */
  readonly component: string;
  readonly result: Result;
}

/** One merge of byte pair encoding: two neighbours become one symbol. */
export interface BpeMerge {
  /** Index of the left one among the symbols that there are before this merge. */
  readonly index: number;
  readonly left: string;
  readonly right: string;
  /** When the merge was learnt, from 0; of all that can be made at this moment it is the lowest, then the leftmost. */
  readonly rank: number;
}

/** A word made into tokens by byte pair encoding. */
export interface BpeWord {
  readonly kind: 'bpe';
  /** What merging begins with: characters, which in byte-level tokenizers stand for one byte each. */
  readonly symbols: readonly string[];
  readonly merges: readonly BpeMerge[];
  /**
   * True when the word is in the vocabulary and is taken as it is, before any merge is looked for (tiktoken, and files
   * with `ignore_merges`). `merges` then tells how merging would make it, and is empty if it would not.
   */
  readonly isTakenWhole: boolean;
}

/** One search of WordPiece: the longest piece that begins at a place. */
export interface WordPieceSearch {
  /** UTF-16 offset in the word. */
  readonly start: number;
  /** What was looked up, longest first; only the last one may have been found. */
  readonly tries: readonly { readonly end: number; readonly piece: string }[];
  readonly isFound: boolean;
}

/** A word made into tokens by greedy longest match. */
export interface WordPieceWord {
  readonly kind: 'wordpiece';
  readonly searches: readonly WordPieceSearch[];
  /** Why the whole word became the unknown token; undefined when it did not. */
  readonly unknownBecause: 'too-long' | 'no-piece' | undefined;
}

/** A piece that the lattice of Unigram holds. Places count characters (code points) of the word, half-open. */
export interface LatticeEdge {
  readonly start: number;
  readonly end: number;
  readonly id: number;
  readonly name: string;
  /** Natural logarithm of the piece's probability; for the unknown token ten below the lowest of the vocabulary. */
  readonly score: number;
}

/** A word made into tokens by the Viterbi algorithm: the path through the lattice with the highest sum of scores. */
export interface UnigramWord {
  readonly kind: 'unigram';
  /** Code points of the word. */
  readonly characters: readonly string[];
  readonly edges: readonly LatticeEdge[];
  /** Highest sum of scores of a path up to each place; one more entry than there are characters. */
  readonly bestScores: Float64Array;
  /** Indices into `edges` of the best path, in order. */
  readonly bestPath: readonly number[];
}

/** A word of the pre-tokenizer and how it became tokens. */
export interface ReplayedWord {
  /** As the model is given it: in byte-level tokenizers in the alphabet of bytes. */
  readonly word: string;
  readonly steps: BpeWord | WordPieceWord | UnigramWord;
  readonly tokens: readonly ReplayedToken[];
}

/** A stretch of the text: an added token as a whole, or text that goes through all stages. UTF-16, half-open. */
export type ReplayedSection =
  | { readonly kind: 'added-token'; readonly start: number; readonly end: number; readonly token: ReplayedToken }
  | {
      readonly kind: 'text';
      readonly start: number;
      readonly end: number;
      /**
       * Empty when the tokenizer takes text as it is. Results are of the whole stretch between the added tokens that are
       * found before normalising.
       */
      readonly normalization: readonly ReplayedStage<string>[];
      /** Empty when the whole text is one word. */
      readonly preTokenization: readonly ReplayedStage<readonly string[]>[];
      readonly words: readonly ReplayedWord[];
    };

/** The steps from a text to tokens, replayed by the tokenizer's own rules, and the check that they give its ids. */
export interface ReplayTrace {
  readonly algorithm: TokenizerAlgorithm;
  readonly sections: readonly ReplayedSection[];
  /** What the replay ends with. */
  readonly ids: Uint32Array;
  /** What the tokenizer library makes of the same text. */
  readonly libraryIds: Uint32Array;
  /** True when both are equal. */
  readonly agrees: boolean;
}
