import { GlassboxError } from '../errors.js';
import { AddedTokenSplitter } from './addedTokenSplitter.js';
import { configuredNormalizer } from './configuredNormalizer.js';
import { withoutControlTokens } from './controlTokens.js';
import { NormalizedText } from './normalizedText.js';
import { SpanBuilder } from './spanBuilder.js';
import type { TokenColumns } from './tokenColumns.js';
import { FileTokenFacts, type TokenFacts } from './tokenFacts.js';
import { placeTokens } from './tokenPlacement.js';
import type { TokenSpan } from './tokenSpan.js';
import { TokenTable } from './tokenTable.js';
import { parseTokenizerFile, type AddedToken, type TokenizerFile } from './tokenizerFile.js';
import type { TokenizerLibrary, TokenizerLibraryFactory } from './tokenizerLibrary.js';
import type { ControlTokenReading } from './tokenizerSource.js';
import { WordEncoder } from './wordEncoder.js';

/** A stretch of a text that is an added token, or the words of ordinary text. */
type Section =
  | { readonly addedTokenId: number; readonly originalEnd: number }
  | {
      readonly addedTokenId: undefined;
      /** Where the normalised text begins in the original, UTF-16. */
      readonly originalStart: number;
      readonly normalized: NormalizedText;
      /** The part of the normalised text that the words are of. */
      readonly start: number;
      readonly end: number;
      readonly words: readonly string[];
    };

/** What a {@link TextTokenizer} may be told beside its files. */
export interface TextTokenizerOptions {
  /** What the letters of a control token (`<|endoftext|>`) in a text become; `text` when left out. */
  readonly controlTokens?: ControlTokenReading;
  /** What is known of each token beyond its bytes; read from the tokenizer file when left out. */
  readonly facts?: TokenFacts;
}

/**
 * Text to tokens, with ids from the library and places of our own. Everything is ordinary text to it, unless it is told
 * otherwise: a file that contains the letters of a control token gets ordinary tokens for them. To put a control token
 * into a prompt, take its id from `table.specialId`. No token is added at the ends. Lone surrogates are encoded as
 * U+FFFD.
 */
export class TextTokenizer {
  /** What the ids stand for. */
  readonly table: TokenTable;
  readonly #facts: TokenFacts;
  readonly #library: TokenizerLibrary;
  readonly #wordEncoder: WordEncoder;
  readonly #fusesUnknown: boolean;
  readonly #normalize: ((text: string) => string) | null;
  readonly #rawSplitter: AddedTokenSplitter;
  readonly #normalizedSplitter: AddedTokenSplitter;

  /**
   * @param tokenizer the parsed `tokenizer.json`
   * @param config the parsed `tokenizer_config.json`; `{}` when there is none
   * @param createLibrary makes the library's tokenizer; called once
   * @throws GlassboxError `tokenizer-unsupported` when the file is not one, or of a kind that is not supported.
   */
  constructor(
    tokenizer: unknown,
    config: object,
    createLibrary: TokenizerLibraryFactory,
    { controlTokens = 'text', facts }: TextTokenizerOptions = {},
  ) {
    const file = parseTokenizerFile(tokenizer);
    const plainFile = controlTokens === 'text' ? withoutControlTokens(file) : file;
    this.table = new TokenTable(file);
    this.#facts = facts ?? new FileTokenFacts(file);
    this.#library = createOrReport(plainFile, config, createLibrary);
    this.#wordEncoder = new WordEncoder(this.#library, this.table);
    this.#fusesUnknown = file.model.type === 'Unigram' || file.model.fuse_unk === true;
    this.#normalize = configuredNormalizer(this.#library.normalizer, config);
    const { normalizer } = this.#library;
    const isNormalized = (token: AddedToken): boolean => normalizer !== null && (token.normalized ?? !token.special);
    this.#rawSplitter = new AddedTokenSplitter(plainFile.added_tokens.filter((token) => !isNormalized(token)));
    this.#normalizedSplitter = new AddedTokenSplitter(
      plainFile.added_tokens
        .filter(isNormalized)
        .map((token) => ({ ...token, content: normalizer?.(token.content) ?? token.content })),
    );
  }

  /** Token ids of a text. */
  encode(text: string): number[] {
    const ids: number[] = [];
    for (const section of this.#sections(text)) {
      if (section.addedTokenId !== undefined) {
        ids.push(section.addedTokenId);
        continue;
      }
      let previous: number | undefined;
      for (const { tokens } of section.words.flatMap((word) => this.#wordEncoder.encode(word))) {
        for (const id of tokens.ids) {
          if (!this.#isFused(id, previous)) ids.push(id);
          previous = id;
        }
      }
    }
    return ids;
  }

  /**
   * Tokens of a text with their exact places, ids as in {@link encode}. The spans tile the text; characters that the
   * tokenizer drops (BERT's white space, control characters) belong to the token after them, at the end of the text to
   * the last one. Empty when the text has no token at all.
   */
  spans(text: string): TokenSpan[] {
    return this.#build(text).spans();
  }

  /** The same tokens and places as {@link spans}, in columns. */
  columns(text: string): TokenColumns {
    return this.#build(text).columns(this.#facts);
  }

  #build(text: string): SpanBuilder {
    const builder = new SpanBuilder(text, this.table);
    for (const section of this.#sections(text)) {
      if (section.addedTokenId !== undefined) {
        builder.add(section.addedTokenId, section.originalEnd, 0);
        continue;
      }
      const { normalized, originalStart, start, end, words } = section;
      let previous: number | undefined;
      for (const token of placeTokens(normalized.text.slice(start, end), words, this.#wordEncoder, this.table.kind)) {
        const normalizedEnd = start + token.end;
        const isExact = token.partialBytes > 0 && normalized.isUnchangedAt(normalizedEnd);
        const originalEnd = originalStart + normalized.originalEnd(normalizedEnd);
        if (this.#isFused(token.id, previous)) builder.removeLast();
        builder.add(token.id, originalEnd, isExact ? token.partialBytes : 0);
        previous = token.id;
      }
    }
    return builder;
  }

  /** The library makes one unknown token of several in a row, across words too. */
  #isFused(id: number, previous: number | undefined): boolean {
    return this.#fusesUnknown && id === previous && id === this.#wordEncoder.unknownId;
  }

  /** Cuts a text at added tokens, before and after normalising, and makes words of the rest, as the library does. */
  *#sections(text: string): Generator<Section> {
    const wellFormed = text.toWellFormed();
    for (const [index, raw] of this.#rawSplitter.split(wellFormed).entries()) {
      if (raw.addedTokenId !== undefined) {
        yield { addedTokenId: raw.addedTokenId, originalEnd: raw.end };
        continue;
      }
      const normalized = new NormalizedText(wellFormed.slice(raw.start, raw.end), this.#normalize);
      for (const { start, end, addedTokenId } of this.#normalizedSplitter.split(normalized.text)) {
        if (addedTokenId !== undefined) {
          yield { addedTokenId, originalEnd: raw.start + normalized.originalEnd(end) };
        } else {
          const words = this.#wordsOf(normalized.text.slice(start, end), index);
          yield { addedTokenId, originalStart: raw.start, normalized, start, end, words };
        }
      }
    }
  }

  #wordsOf(text: string, sectionIndex: number): readonly string[] {
    return this.#library.pre_tokenizer?.(text, { section_index: sectionIndex }) ?? [text];
  }
}

function createOrReport(file: TokenizerFile, config: object, createLibrary: TokenizerLibraryFactory): TokenizerLibrary {
  try {
    return createLibrary(file, config);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new GlassboxError('tokenizer-unsupported', `The tokenizer cannot be loaded: ${reason}`, { cause: error });
  }
}
