import type { TokenizerAlgorithm } from '../tokenizerSource.js';
import type { BpeWord, UnigramWord, WordPieceWord } from './replayTrace.js';

/** Replays how a tokenizer's model makes tokens of one word. */
export interface WordReplay {
  readonly algorithm: TokenizerAlgorithm;
  /** The steps, and the tokens as the vocabulary writes them; what it does not have stands for the unknown token. */
  replay(word: string): { readonly steps: BpeWord | WordPieceWord | UnigramWord; readonly pieces: readonly string[] };
}
