import * as v from 'valibot';
import type { EmbeddingsContract } from './embeddingsContract.js';
import { analysisTarget, engineLimits, text } from './paramSchemas.js';
import type { RpcParamSchemas } from './rpcContract.js';

/** The schema of every method of {@link EmbeddingsContract}. */
export const embeddingsParamSchemas: RpcParamSchemas<EmbeddingsContract> = {
  'embeddings/embed': v.object({
    ...analysisTarget,
    texts: v.pipe(v.array(text), v.maxLength(engineLimits.embeddedTexts)),
  }),
};
