import * as v from 'valibot';
import { builtinTokenizerNames, type TokenizerSource } from '../core/tokenizer/tokenizerSource.js';
import type { RpcParamSchemas } from './rpcContract.js';
import type { TokenizersContract } from './tokenizersContract.js';

/** Bounds of the requests about tokenizers; lengths are UTF-16 units. */
export const tokenizerLimits = {
  pathLength: 4096,
  modelRoots: 256,
  encodedTextLength: 2 ** 24,
  /** A trace has several objects for each character. */
  replayedTextLength: 2 ** 12,
  chatMessages: 256,
  chatMessageLength: 2 ** 18,
  roleLength: 256,
} as const;

const path = v.pipe(v.string(), v.nonEmpty(), v.maxLength(tokenizerLimits.pathLength));

/** Checks a tokenizer source that comes from another process. */
export const tokenizerSourceSchema: v.GenericSchema<unknown, TokenizerSource> = v.variant('kind', [
  v.object({ kind: v.literal('builtin'), name: v.picklist(builtinTokenizerNames) }),
  v.object({ kind: v.literal('model'), folder: path }),
  v.object({ kind: v.literal('file'), path }),
]);

const controlTokens = v.picklist(['text', 'recognized']);
const root = v.object({ path, source: v.picklist(['bundled', 'folder']) });
const message = v.object({
  role: v.pipe(v.string(), v.maxLength(tokenizerLimits.roleLength)),
  content: v.pipe(v.string(), v.maxLength(tokenizerLimits.chatMessageLength)),
});

function encoding(
  textLength: number,
): v.GenericSchema<unknown, TokenizersContract['tokenizers/encode' | 'tokenizers/replay']['params']> {
  return v.object({
    source: tokenizerSourceSchema,
    text: v.pipe(v.string(), v.maxLength(textLength)),
    controlTokens,
  });
}

/** The schema of every method's parameters. */
export const tokenizersParamSchemas: RpcParamSchemas<TokenizersContract> = {
  'tokenizers/list': v.object({ roots: v.pipe(v.array(root), v.maxLength(tokenizerLimits.modelRoots)) }),
  'tokenizers/describe': v.object({ source: tokenizerSourceSchema }),
  'tokenizers/encode': encoding(tokenizerLimits.encodedTextLength),
  'tokenizers/replay': encoding(tokenizerLimits.replayedTextLength),
  'tokenizers/renderChat': v.object({
    source: tokenizerSourceSchema,
    messages: v.pipe(v.array(message), v.maxLength(tokenizerLimits.chatMessages)),
    addGenerationPrompt: v.boolean(),
  }),
};
