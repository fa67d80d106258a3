import * as v from 'valibot';
import { memoryScopes } from '../core/memory/memoryScope.js';
import type { ExplainTarget } from '../core/explain/explainedTokens.js';
import type { ExplainContract } from './explainContract.js';
import { engineLimits, integerBetween, prompt, target, text } from './paramSchemas.js';
import type { RpcParamSchemas } from './rpcContract.js';

const tokenId = integerBetween(0, Number.MAX_SAFE_INTEGER);

const explained: v.GenericSchema<unknown, ExplainTarget> = v.object({
  text,
  ids: v.pipe(v.array(tokenId), v.maxLength(engineLimits.newTokens)),
  from: integerBetween(0, engineLimits.promptTextLength),
});

const question = { ...target, prompt, target: explained, contrastText: text };

/** The schema of every method's parameters. */
export const explainParamSchemas: RpcParamSchemas<ExplainContract> = {
  'explain/suggestion': v.object({
    ...question,
    alternativeCount: integerBetween(0, engineLimits.alternatives),
    memory: v.picklist(memoryScopes),
    singleLine: v.boolean(),
  }),
  'explain/occlude': v.object({ ...question, detail: v.picklist(['grouped', 'every-line']) }),
};
