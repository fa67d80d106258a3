import type { ByteLevelWords } from './byteLevelWords.js';

/**
 * What Glassbox uses of a tokenizer library: the three steps from text to tokens, one by one, so that the place of
 * every token is known. The shape is that of `Tokenizer` in `@huggingface/tokenizers`, which is passed in from outside
 * because core loads no library. Ids always come from here; offsets never do, the library has none.
 */
export interface TokenizerLibrary {
  /** Unicode normalisation, case folding, ...; null when the text is taken as it is. */
  readonly normalizer: ((text: string) => string) | null;
  /** Splits normalised text into words; null when the text is one word. `section_index` counts from 0. */
  readonly pre_tokenizer:
    | (((text: string, options: { readonly section_index: number }) => string[]) & {
        /** What words are found by, in components that work with one regular expression. */
        readonly pattern?: RegExp | null;
      })
    | null;
  /** Splits words into tokens, as the vocabulary writes them; text that has no token comes back raw or as the unknown token. */
  readonly model: ((words: string[]) => string[]) & { readonly unk_token_id?: number | null | undefined };
  /** The same two steps for a byte-level tokenizer, where the library has a way that keeps places. */
  readonly byteLevelWords?: ByteLevelWords;
  /** Id of a token as the vocabulary writes it. */
  token_to_id(token: string): number | undefined;
}

/** Makes a library tokenizer of the parsed `tokenizer.json` and `tokenizer_config.json`; may throw on what it cannot do. */
export type TokenizerLibraryFactory = (tokenizer: object, config: object) => TokenizerLibrary;
