import * as v from 'valibot';
import type { NextTokenContext, NextTokensContract } from './nextTokensContract.js';
import { analysedText, analysisTarget, engineLimits, integerBetween, prompt } from './paramSchemas.js';
import type { RpcParamSchemas } from './rpcContract.js';

/** Ids are four bytes in every vocabulary file that exists. */
const tokenId = integerBetween(0, 2 ** 32 - 1);

const context: v.GenericSchema<unknown, NextTokenContext> = v.variant('kind', [
  v.object({ kind: v.picklist(['prompt', 'left-to-right']), prompt }),
  v.object({ kind: v.literal('text'), text: analysedText }),
]);

/** The schema of every method of {@link NextTokensContract}. */
export const nextTokensParamSchemas: RpcParamSchemas<NextTokensContract> = {
  'nextTokens/predict': v.object({
    ...analysisTarget,
    context,
    branch: v.pipe(v.array(tokenId), v.maxLength(engineLimits.newTokens)),
    topCount: integerBetween(0, 1000),
  }),
};
