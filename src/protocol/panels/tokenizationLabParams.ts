import * as v from 'valibot';
import type { RpcParamSchemas } from '../rpcContract.js';
import type { TokenizationLabContract } from './tokenizationLabContract.js';

/** Bounds of what the lab takes; lengths are UTF-16 units. */
export const tokenizationLabLimits = { textLength: 2 ** 22 } as const;

/** The schema of every method's parameters. */
export const tokenizationLabParamSchemas: RpcParamSchemas<TokenizationLabContract> = {
  'lab/follow': v.object({ part: v.picklist(['selection', 'file']) }),
  'lab/encode': v.object({ text: v.pipe(v.string(), v.maxLength(tokenizationLabLimits.textLength)) }),
};
