import type { TokenizerLibrary } from './tokenizerLibrary.js';
import { alignTokens } from './tokenAlignment.js';
import type { TokenTable } from './tokenTable.js';
import { cutLongWord } from './longWords.js';

/** Tokens of one word (what the pre-tokenizer made), with the place of each in the word. */
export interface EncodedWord {
  readonly ids: readonly number[];
  /** UTF-16 offset in the word after each token; for byte-level tokenizers one unit is one byte of the text. */
  readonly ends: readonly number[];
  /** Bytes of the character after `ends` that the token and those before it cover already (byte fallback), else 0. */
  readonly partialBytes: readonly number[];
}

/** How many UTF-16 units of words are remembered, keys only, before all are forgotten. */
const rememberedUnits = 200_000;

/** Turns words into tokens by the library's model, and remembers them: words repeat, in source code above all. */
export class WordEncoder {
  readonly #library: TokenizerLibrary;
  readonly #table: TokenTable;
  readonly #known = new Map<string, EncodedWord>();
  #knownUnits = 0;

  constructor(library: TokenizerLibrary, table: TokenTable) {
    this.#library = library;
    this.#table = table;
  }

  /** Id of the unknown token; undefined when the tokenizer has none. */
  get unknownId(): number | undefined {
    return this.#library.model.unk_token_id ?? undefined;
  }

  /** The tokens of a word, of one part of it after the other when it is too long (see `cutLongWord`). */
  encode(word: string): readonly { readonly part: string; readonly tokens: EncodedWord }[] {
    return cutLongWord(word, this.#table).map((part) => ({ part, tokens: this.#encodePart(part) }));
  }

  #encodePart(part: string): EncodedWord {
    const known = this.#known.get(part);
    if (known !== undefined) return known;
    const names = this.#library.model([part]);
    const ids = names.map((name) => this.#library.token_to_id(name) ?? this.unknownId ?? -1);
    const { ends, partialBytes } = alignTokens(part, names, ids, this.#table, this.unknownId);
    const encoded = { ids, ends, partialBytes };
    this.#knownUnits += part.length;
    if (this.#knownUnits > rememberedUnits) {
      this.#known.clear();
      this.#knownUnits = part.length;
    }
    this.#known.set(part, encoded);
    return encoded;
  }
}
