import * as v from 'valibot';
import type { SamplingOptions } from '../core/sampling/samplingOptions.js';
import type { ModelRoot } from '../core/model/modelDescriptor.js';
import { memoryScopes } from '../core/memory/memoryScope.js';
import type { StopConditions } from '../core/completion/generation.js';
import type { EngineContract } from './engineContract.js';
import { embeddingsParamSchemas } from './embeddingsParams.js';
import { explainParamSchemas } from './explainParams.js';
import { memoryParamSchemas } from './memoryParams.js';
import { nextTokensParamSchemas } from './nextTokensParams.js';
import { analysedText, engineLimits, integerBetween, path, prompt, target } from './paramSchemas.js';
import type { RpcParamSchemas } from './rpcContract.js';
import { scoresParamSchemas } from './scoresParams.js';
import { tokenizersParamSchemas } from './tokenizersParams.js';

const root: v.GenericSchema<unknown, ModelRoot> = v.object({
  path: v.pipe(path, v.nonEmpty()),
  source: v.picklist(['bundled', 'folder']),
});

const sampling: v.GenericSchema<unknown, SamplingOptions> = v.object({
  temperature: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(engineLimits.temperature)),
  topK: integerBetween(0, Number.MAX_SAFE_INTEGER),
  topP: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  minP: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  seed: integerBetween(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
});

const stop: v.GenericSchema<unknown, StopConditions> = v.object({
  maxNewTokens: integerBetween(1, engineLimits.newTokens),
  singleLine: v.boolean(),
  maxLines: integerBetween(1, engineLimits.lines),
  stopStrings: v.pipe(
    v.array(v.pipe(v.string(), v.nonEmpty(), v.maxLength(engineLimits.stopStringLength))),
    v.maxLength(engineLimits.stopStrings),
  ),
  deadlineMs: v.pipe(v.number(), v.minValue(0), v.maxValue(engineLimits.deadlineMs)),
});

/** The schema of every method's parameters. Unknown properties are dropped. */
export const engineParamSchemas: RpcParamSchemas<EngineContract> = {
  ...tokenizersParamSchemas,
  ...scoresParamSchemas,
  ...nextTokensParamSchemas,
  ...explainParamSchemas,
  ...embeddingsParamSchemas,
  ...memoryParamSchemas,
  'models/scan': v.object({ roots: v.pipe(v.array(root), v.maxLength(engineLimits.modelRoots)) }),
  'models/verify': v.object(target),
  'models/load': v.object(target),
  'models/unload': v.object(target),
  'completion/generate': v.object({
    ...target,
    prompt,
    sampling,
    stop,
    tokenHealing: v.boolean(),
    memory: v.picklist(memoryScopes),
    alternativeCount: integerBetween(0, engineLimits.alternatives),
    replaceable: v.exactOptional(v.boolean()),
  }),
  'completion/prefill': v.object({ ...target, prompt }),
  'tokens/encode': v.object({ ...target, text: analysedText }),
  'engine/state': v.record(v.string(), v.never()),
};
