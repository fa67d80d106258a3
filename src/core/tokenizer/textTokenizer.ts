import { GlassboxError } from '../errors.js';
import { ByteLevelPlacer } from './byteLevelPlacer.js';
import { byteLevelWordsOf } from './byteLevelWords.js';
import { configuredNormalizer } from './configuredNormalizer.js';
import { withoutControlTokens } from './controlTokens.js';
import { SpanBuilder } from './spanBuilder.js';
import type { TokenColumns } from './tokenColumns.js';
import { FileTokenFacts, type TokenFacts } from './tokenFacts.js';
import { placeTokens } from './tokenPlacement.js';
import type { TokenSpan } from './tokenSpan.js';
import { TextSections } from './textSections.js';
import { TokenTable } from './tokenTable.js';
import { parseTokenizerFile, type TokenizerFile } from './tokenizerFile.js';
import type { TokenizerLibrary, TokenizerLibraryFactory } from './tokenizerLibrary.js';
import type { ControlTokenReading } from './tokenizerSource.js';
import { WordEncoder } from './wordEncoder.js';

/**
 * Runs the encoding of a text of so many UTF-16 units, and may end it: a tokenizer file can hold a regular expression that
 * takes forever.
 */
export type EncodingGuard = <Result>(textLength: number, work: () => Result) => Result;

/** What a {@link TextTokenizer} may be told beside its files. */
export interface TextTokenizerOptions {
  /** What the letters of a control token (`<|endoftext|>`) in a text become; `text` when left out. */
  readonly controlTokens?: ControlTokenReading;
  /** What is known of each token beyond its bytes; read from the tokenizer file when left out. */
  readonly facts?: TokenFacts;
  /** Runs every encoding; when left out, encoding takes as long as it takes. */
  readonly guard?: EncodingGuard;
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
  readonly #guard: EncodingGuard;
  readonly #library: TokenizerLibrary;
  readonly #wordEncoder: WordEncoder;
  readonly #fusesUnknown: boolean;
  readonly #sections: TextSections;
  /** The faster way, for tokenizers whose words stand in the text as they are. */
  readonly #placer: ByteLevelPlacer | undefined;

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
    { controlTokens = 'text', facts, guard = (_, work) => work() }: TextTokenizerOptions = {},
  ) {
    const file = parseTokenizerFile(tokenizer);
    const plainFile = controlTokens === 'text' ? withoutControlTokens(file) : file;
    this.table = new TokenTable(file);
    this.#guard = guard;
    this.#facts = facts ?? new FileTokenFacts(file);
    this.#library = createOrReport(plainFile, config, createLibrary);
    this.#wordEncoder = new WordEncoder(this.#library, this.table);
    this.#fusesUnknown = file.model.type === 'Unigram' || file.model.fuse_unk === true;
    const { normalizer } = this.#library;
    const words = this.#library.byteLevelWords ?? byteLevelWordsOf(plainFile, createLibrary);
    this.#placer = words === undefined ? undefined : new ByteLevelPlacer(words);
    this.#sections = new TextSections(plainFile.added_tokens, normalizer, configuredNormalizer(normalizer, config));
  }

  /** Token ids of a text. */
  encode(text: string): number[] {
    return this.#guard(text.length, () => this.#encode(text));
  }

  #encode(text: string): number[] {
    const ids: number[] = [];
    for (const stretch of this.#sections.split(text)) {
      if (stretch.addedTokenId !== undefined) {
        ids.push(stretch.addedTokenId);
        continue;
      }
      const content = stretch.normalized.text.slice(stretch.start, stretch.end);
      if (this.#placer !== undefined) {
        this.#placer.encode(content, ids);
        continue;
      }
      const words = this.#wordsOf(content, stretch.sectionIndex);
      let previous: number | undefined;
      for (const { tokens } of words.flatMap((word) => this.#wordEncoder.encode(word))) {
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
    return this.#guard(text.length, () => this.#build(text)).spans();
  }

  /** The same tokens and places as {@link spans}, in columns. */
  columns(text: string): TokenColumns {
    return this.#guard(text.length, () => this.#build(text)).columns(this.#facts);
  }

  #build(text: string): SpanBuilder {
    const builder = new SpanBuilder(text, this.table);
    for (const stretch of this.#sections.split(text)) {
      if (stretch.addedTokenId !== undefined) {
        builder.add(stretch.addedTokenId, stretch.originalEnd, 0);
        continue;
      }
      const { normalized, originalStart, start, end } = stretch;
      const content = normalized.text.slice(start, end);
      if (this.#placer !== undefined && normalized.isUnchanged) {
        this.#placer.build(content, originalStart + start, builder);
        continue;
      }
      const words = this.#wordsOf(content, stretch.sectionIndex);
      let previous: number | undefined;
      for (const token of placeTokens(content, words, this.#wordEncoder, this.table.kind)) {
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
