import { GlassboxError } from '../../core/errors.js';
import { cardFileName, tokenizerFileName, type DecoderCard, type EncoderCard } from '../../core/model/modelCard.js';
import type { ModelSource } from '../../core/model/modelDescriptor.js';
import { readPromptTokens, type PromptTokens } from '../../core/prompt/promptTokens.js';
import { TextTokenizer } from '../../core/tokenizer/textTokenizer.js';
import { createEncodingGuard } from '../tokenizers/encodingDeadline.js';
import { libraryFactory } from '../tokenizers/libraryTokenizer.js';
import { parseTokenizerConfig, parseTokenizerJson } from '../tokenizers/parseTokenizerJson.js';

/** A model's tokenizer, and the control tokens that its card names. */
export interface ModelTokenizer {
  readonly tokenizer: TextTokenizer;
  readonly promptTokens: PromptTokens;
}

/** An encoder's tokenizer, and the ids that frame a text and fill up a batch. */
export interface EncoderTokenizer {
  readonly tokenizer: TextTokenizer;
  readonly frame: TextFrame;
}

/** Ids of the tokens that an encoder reads beside those of a text. */
export interface TextFrame {
  readonly padding: number;
  /** In front of every text. */
  readonly begin: number;
  /** Behind every text. */
  readonly separator: number;
}

/** The files that a tokenizer is made from. */
export interface TokenizerContents {
  /** Contents of `tokenizer.json`. */
  readonly tokenizerJson: Uint8Array;
  /** Contents of `tokenizer_config.json`; undefined when the model has none. */
  readonly configJson: Uint8Array | undefined;
  /** Where the model folder came from. */
  readonly source: ModelSource;
}

/**
 * Makes the tokenizer of a model that writes.
 *
 * @throws GlassboxError `tokenizer-unsupported`, or `model-card-invalid` when the card names a token that is not there.
 */
export function createModelTokenizer(card: DecoderCard, contents: TokenizerContents): ModelTokenizer {
  const tokenizer = createTextTokenizer(contents);
  const reading = readPromptTokens(card, (name) => tokenizer.table.specialId(name));
  if (reading.kind === 'tokens') return { tokenizer, promptTokens: reading.tokens };
  throw unknownToken(reading.field, reading.name);
}

/** Makes the tokenizer of an encoder. @throws GlassboxError like {@link createModelTokenizer}. */
export function createEncoderTokenizer(card: EncoderCard, contents: TokenizerContents): EncoderTokenizer {
  const tokenizer = createTextTokenizer(contents);
  const idOf = (field: keyof TextFrame): number => {
    const id = tokenizer.table.specialId(card.specialTokens[field]);
    if (id === undefined) throw unknownToken(`specialTokens.${field}`, card.specialTokens[field]);
    return id;
  };
  return { tokenizer, frame: { padding: idOf('padding'), begin: idOf('begin'), separator: idOf('separator') } };
}

function createTextTokenizer({ tokenizerJson, configJson, source }: TokenizerContents): TextTokenizer {
  const tokenizer = new TextTokenizer(
    parseTokenizerJson(tokenizerJson, tokenizerFileName),
    parseTokenizerConfig(configJson),
    libraryFactory,
    // The pattern that ships with Glassbox is known; any other may be hostile.
    source === 'bundled' ? {} : { guard: createEncodingGuard() },
  );
  const { kind } = tokenizer.table;
  if (kind === 'byte-level') return tokenizer;
  throw new GlassboxError('tokenizer-unsupported', `${tokenizerFileName} is of kind ${kind}, not byte-level BPE.`);
}

function unknownToken(field: string, name: string): GlassboxError {
  return new GlassboxError(
    'model-card-invalid',
    `${cardFileName}: "${field}" names the token "${name}", which ${tokenizerFileName} does not have.`,
  );
}
