import { GlassboxError } from '../../core/errors.js';
import { cardFileName, tokenizerFileName, type ModelCard } from '../../core/model/modelCard.js';
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

/**
 * Makes the tokenizer of a model from its files.
 *
 * @param tokenizerJson contents of `tokenizer.json`
 * @param configJson contents of `tokenizer_config.json`; undefined when the model has none
 * @param source where the model folder came from
 * @throws GlassboxError `tokenizer-unsupported`, or `model-card-invalid` when the card names a token that is not there.
 */
export function createModelTokenizer(
  card: ModelCard,
  tokenizerJson: Uint8Array,
  configJson: Uint8Array | undefined,
  source: ModelSource,
): ModelTokenizer {
  const tokenizer = new TextTokenizer(
    parseTokenizerJson(tokenizerJson, tokenizerFileName),
    parseTokenizerConfig(configJson),
    libraryFactory,
    // The pattern that ships with Glassbox is known; any other may be hostile.
    source === 'bundled' ? {} : { guard: createEncodingGuard() },
  );
  const { table } = tokenizer;
  if (table.kind !== 'byte-level') {
    throw new GlassboxError('tokenizer-unsupported', `${tokenizerFileName} is of kind ${table.kind}, not byte-level BPE.`);
  }
  const reading = readPromptTokens(card, (name) => table.specialId(name));
  if (reading.kind === 'tokens') return { tokenizer, promptTokens: reading.tokens };
  throw new GlassboxError(
    'model-card-invalid',
    `${cardFileName}: "${reading.field}" names the token "${reading.name}", which ${tokenizerFileName} does not have.`,
  );
}
