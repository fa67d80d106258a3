import * as v from 'valibot';
import type { RpcParamSchemas } from '../rpcContract.js';
import { tokenizerSourceSchema, tokenizersParamSchemas } from '../tokenizersParams.js';
import type { TokenizationLabContract } from './tokenizationLabContract.js';

/** Bounds of what the lab takes; lengths are UTF-16 units. */
export const tokenizationLabLimits = {
  /** Of a text to be compared. */
  textLength: 2 ** 22,
  /** Of what is copied: the tokens of such a text by several tokenizers. */
  copiedTextLength: 2 ** 28,
  tokenizers: 16,
} as const;

/** The schema of every method's parameters. */
export const tokenizationLabParamSchemas: RpcParamSchemas<TokenizationLabContract> = {
  'tokenizers/describe': tokenizersParamSchemas['tokenizers/describe'],
  'tokenizers/encode': tokenizersParamSchemas['tokenizers/encode'],
  'tokenizers/replay': tokenizersParamSchemas['tokenizers/replay'],
  'tokenizers/renderChat': tokenizersParamSchemas['tokenizers/renderChat'],
  'lab/follow': v.object({ part: v.picklist(['selection', 'file', 'nothing']) }),
  'lab/defaultTokenizers': v.record(v.string(), v.never()),
  'lab/pickTokenizer': v.object({
    shown: v.pipe(v.array(tokenizerSourceSchema), v.maxLength(tokenizationLabLimits.tokenizers)),
  }),
  'lab/copyText': v.object({ text: v.pipe(v.string(), v.maxLength(tokenizationLabLimits.copiedTextLength)) }),
};
