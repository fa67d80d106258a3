import * as tokenizers from '@huggingface/tokenizers';
import type { TokenizerLibrary, TokenizerLibraryFactory } from '../../core/tokenizer/tokenizerLibrary.js';

/** The library's tokenizer, with its own way from text to ids: what ours is compared with. */
interface LibraryTokenizer extends TokenizerLibrary {
  encode(text: string, options: { readonly add_special_tokens: boolean }): { readonly ids: readonly number[] };
}

/** The library's declarations import without file extensions, which this project's module resolution cannot follow. */
const { Tokenizer } = tokenizers as unknown as {
  readonly Tokenizer: new (tokenizer: object, config: object) => LibraryTokenizer;
};

/** Makes the library's tokenizer of the parsed files; throws whatever the library throws. */
export function createLibraryTokenizer(tokenizer: object, config: object): LibraryTokenizer {
  return new Tokenizer(tokenizer, config);
}

/** The same as a factory for `TextTokenizer`. */
export const libraryFactory: TokenizerLibraryFactory = createLibraryTokenizer;
