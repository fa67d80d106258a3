import * as v from 'valibot';
import { isPlainModelPath } from './modelFilePath.js';

/** Name of the card in a model folder. */
export const cardFileName = 'glassbox.json';

/** Name of the tokenizer file in a model folder (transformers.js layout). */
export const tokenizerFileName = 'tokenizer.json';

const text = v.pipe(v.string('must be a string'), v.minLength(1, 'must not be empty'));
const modelPath = v.pipe(
  text,
  v.check(isPlainModelPath, 'must be a plain relative path with forward slashes, such as "onnx/model_quantized.onnx"'),
);
const positiveInteger = v.pipe(
  v.number('must be a number'),
  v.integer('must be a whole number'),
  v.minValue(1, 'must be at least 1'),
);
const objectMessage = { message: 'must be an object' };

const specialTokensSchema = v.looseObject(
  {
    endOfText: text,
    fimPrefix: v.optional(text),
    fimSuffix: v.optional(text),
    fimMiddle: v.optional(text),
    fimEnd: v.optional(text),
    path: v.optional(text),
    chunk: v.optional(text),
  },
  issueMessage(objectMessage.message),
);

const infillSchema = v.looseObject(
  {
    nearLines: v.optional(
      v.pipe(
        v.number('must be a number'),
        v.integer('must be a whole number'),
        v.minValue(0, 'must be 0 or more'),
        v.maxValue(64, 'must be at most 64'),
      ),
    ),
  },
  issueMessage(objectMessage.message),
);

const encoderTokensSchema = v.looseObject(
  { padding: text, begin: text, separator: text, mask: v.optional(text) },
  issueMessage(objectMessage.message),
);

const fileSchema = v.object(
  {
    path: modelPath,
    sha256: v.pipe(v.string('must be a string'), v.regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits')),
    sizeBytes: v.pipe(
      v.number('must be a number'),
      v.integer('must be a whole number'),
      v.minValue(0, 'must be 0 or more'),
    ),
  },
  issueMessage(objectMessage.message),
);

const commonEntries = {
  schemaVersion: v.literal(1, 'must be 1'),
  id: v.pipe(text, v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'must be lower-case letters, digits, dots and dashes')),
  name: text,
  version: text,
  roles: v.pipe(v.array(text, 'must be a list'), v.minLength(1, 'must name at least one role')),
  contextLength: v.pipe(positiveInteger, v.minValue(64, 'must be at least 64')),
  license: text,
  tokenizer: v.literal('byte-level-bpe', 'must be "byte-level-bpe"'),
  onnx: v.looseObject({ default: modelPath }, issueMessage(objectMessage.message)),
  files: v.array(fileSchema, 'must be a list'),
};

const noCard = 'must hold a JSON object';

const decoderSchema = v.looseObject(
  {
    ...commonEntries,
    architecture: v.literal('decoder'),
    specialTokens: specialTokensSchema,
    infill: v.optional(infillSchema),
  },
  issueMessage(noCard),
);

const encoderSchema = v.looseObject(
  { ...commonEntries, architecture: v.literal('encoder'), specialTokens: encoderTokensSchema },
  issueMessage(noCard),
);

const cardSchema = v.pipe(
  v.variant('architecture', [decoderSchema, encoderSchema], (issue) =>
    issue.path === undefined ? noCard : 'must be "decoder" or "encoder"',
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const listed = dataset.value.files.map((file) => file.path);
    for (const path of [tokenizerFileName, dataset.value.onnx.default]) {
      if (!listed.includes(path)) addIssue({ message: `"files" must list "${path}" with its SHA-256` });
    }
    const twice = listed.find((path, index) => listed.indexOf(path) !== index);
    if (twice !== undefined) addIssue({ message: `"files" must list "${twice}" only once` });
  }),
);

/**
 * `glassbox.json`, the card of a model: what it is, which token means what, and the hash of every file that belongs to
 * it. Fields for people (training data, figures, languages) are kept but not read.
 */
export type ModelCard = v.InferOutput<typeof cardSchema>;

/** The card of a model that writes: it goes on with a text, token by token. */
export type DecoderCard = v.InferOutput<typeof decoderSchema>;

/** The card of a model that reads: it turns a text into one vector. */
export type EncoderCard = v.InferOutput<typeof encoderSchema>;

/** A card, or the first thing that is wrong with it in one sentence. */
export type CardReading =
  { readonly kind: 'card'; readonly card: ModelCard } | { readonly kind: 'invalid'; readonly message: string };

/** Reads the text of a `glassbox.json`; the message of a bad one names the field, what it must be and what it is. */
export function parseModelCard(json: string): CardReading {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return { kind: 'invalid', message: `${cardFileName} is not valid JSON: ${(error as Error).message}.` };
  }
  const result = v.safeParse(cardSchema, value);
  if (result.success) return { kind: 'card', card: result.output };
  return { kind: 'invalid', message: sentence(result.issues[0]) };
}

function sentence(issue: v.BaseIssue<unknown>): string {
  const field = v.getDotPath(issue);
  if (field === null) return `${cardFileName}: ${issue.message}.`;
  const found = issue.input === undefined ? 'is missing' : `is ${shortJson(issue.input)}`;
  return `${cardFileName}: "${field}" ${issue.message}, but it ${found}.`;
}

function shortJson(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > 60 ? `${json.slice(0, 57)}...` : json;
}

/** A missing key is reported by its object; the message of the key's own schema says more than "invalid key". */
function issueMessage(message: string): (issue: v.BaseIssue<unknown>) => string {
  return (issue) => (issue.path === undefined || issue.input !== undefined ? message : 'must be given');
}
