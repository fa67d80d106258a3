import * as v from 'valibot';
import type { MemoryContract } from './memoryContract.js';
import { analysedText, engineLimits, path, target } from './paramSchemas.js';
import type { RpcParamSchemas } from './rpcContract.js';

const file = v.object({ path, text: v.nullable(analysedText) });

/** The schema of every method's parameters. */
export const memoryParamSchemas: RpcParamSchemas<MemoryContract> = {
  'memory/remember': v.object({
    ...target,
    files: v.pipe(v.array(file), v.maxLength(engineLimits.rememberedFiles)),
  }),
};
