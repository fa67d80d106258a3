import * as v from 'valibot';
import { GlassboxError } from '../errors.js';

/** More than any vocabulary has; a larger id would only make a huge table. */
const mostTokens = 2 ** 21;

const addedTokenSchema = v.object({
  id: v.custom<number>(isTokenId, 'must be a token id'),
  content: v.pipe(v.string(), v.nonEmpty()),
  special: v.optional(v.boolean(), false),
  normalized: v.optional(v.boolean()),
  lstrip: v.optional(v.boolean(), false),
  rstrip: v.optional(v.boolean(), false),
});

const componentSchema = v.nullish(v.looseObject({ type: v.string() }), null);

const modelSchema = v.looseObject({
  type: v.optional(v.string()),
  vocab: v.custom<Vocabulary>(isVocabulary, 'must be an object of ids or a list of [token, score]'),
  unk_token: v.nullish(v.string()),
  unk_id: v.nullish(v.number()),
  continuing_subword_prefix: v.nullish(v.string()),
  fuse_unk: v.nullish(v.boolean()),
  ignore_merges: v.nullish(v.boolean()),
  byte_fallback: v.nullish(v.boolean()),
  max_input_chars_per_word: v.nullish(v.number()),
  end_of_word_suffix: v.nullish(v.string()),
  merges: v.nullish(v.custom<readonly (string | readonly [string, string])[]>(isMergeList, 'must be a list of pairs')),
});

const tokenizerFileSchema = v.looseObject({
  added_tokens: v.nullish(v.array(addedTokenSchema), []),
  normalizer: componentSchema,
  pre_tokenizer: componentSchema,
  post_processor: componentSchema,
  decoder: componentSchema,
  model: modelSchema,
});

/** Token -> id (BPE, WordPiece), or `[token, score]` in id order (Unigram). */
export type Vocabulary = Readonly<Record<string, number>> | readonly (readonly [token: string, score: number])[];

/** A parsed `tokenizer.json` of the Hugging Face tokenizers format, as far as Glassbox reads it; the rest is kept. */
export type TokenizerFile = v.InferOutput<typeof tokenizerFileSchema>;

/** A token outside the model's vocabulary that is looked for in the text before anything else. */
export type AddedToken = v.InferOutput<typeof addedTokenSchema>;

/**
 * How tokens relate to text. `byte-level`: GPT-2's alphabet of bytes. `metaspace`: pieces of text with `▁` for a
 * space (Unigram, or BPE with byte fallback). `wordpiece`: BERT's pieces of words with a prefix for continuations.
 */
export type TokenizerKind = 'byte-level' | 'metaspace' | 'wordpiece';

/**
 * Checks the shape of a parsed `tokenizer.json`.
 * @throws GlassboxError `tokenizer-unsupported`, naming what is wrong.
 */
export function parseTokenizerFile(value: unknown): TokenizerFile {
  const result = v.safeParse(tokenizerFileSchema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const place = v.getDotPath(issue) ?? 'the file';
  throw new GlassboxError('tokenizer-unsupported', `tokenizer.json: ${place}: ${issue.message}.`);
}

/**
 * Which family a tokenizer belongs to.
 * @throws GlassboxError `tokenizer-unsupported` for models other than BPE, WordPiece and Unigram.
 */
export function tokenizerKind(file: TokenizerFile): TokenizerKind {
  switch (file.model.type) {
    case 'WordPiece':
      return 'wordpiece';
    case 'Unigram':
      return 'metaspace';
    case 'BPE':
      return mentionsType(file.pre_tokenizer, 'ByteLevel') || mentionsType(file.decoder, 'ByteLevel')
        ? 'byte-level'
        : 'metaspace';
    default:
      throw new GlassboxError(
        'tokenizer-unsupported',
        `tokenizer.json: models of type ${file.model.type ?? '(none)'} are not supported, only BPE, WordPiece and Unigram.`,
      );
  }
}

/** True for the vocabulary of a Unigram model. */
export function isScoreList(vocabulary: Vocabulary): vocabulary is readonly (readonly [string, number])[] {
  return Array.isArray(vocabulary);
}

/** Every token of the model's vocabulary with its id, added tokens not included. */
export function vocabularyEntries(vocabulary: Vocabulary): [token: string, id: number][] {
  if (isScoreList(vocabulary)) return vocabulary.map(([token], id) => [token, id]);
  return Object.entries(vocabulary);
}

/** Id of every token that may be found, added tokens included. */
export function tokenIds(file: TokenizerFile): Map<string, number> {
  const ids = new Map(vocabularyEntries(file.model.vocab));
  for (const { id, content } of file.added_tokens) ids.set(content, id);
  return ids;
}

/** True when a component, or one inside a `Sequence`, has the given type. */
function mentionsType(component: object | null, type: string): boolean {
  if (component === null) return false;
  if ('type' in component && component.type === type) return true;
  return Object.values(component).some(
    (value: unknown) =>
      Array.isArray(value) &&
      value.some((part: unknown) => typeof part === 'object' && part !== null && mentionsType(part, type)),
  );
}

function isMergeList(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  return value.every(
    (merge: unknown) =>
      typeof merge === 'string' ||
      (Array.isArray(merge) && merge.length === 2 && merge.every((part) => typeof part === 'string')),
  );
}

function isTokenId(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < mostTokens;
}

function isVocabulary(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (!Array.isArray(value)) {
    return Object.values(value).every(isTokenId);
  }
  return value.every(
    (entry: unknown) => Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'number',
  );
}
