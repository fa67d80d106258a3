import * as v from 'valibot';
import type { SamplingOptions } from '../core/sampling/samplingOptions.js';
import type { ModelRoot } from '../core/model/modelDescriptor.js';
import type { PromptParts } from '../core/prompt/promptParts.js';
import type { StopConditions } from '../core/completion/generation.js';
import type { EngineContract } from './engineContract.js';
import type { RpcParamSchemas } from './rpcContract.js';
import { tokenizersParamSchemas } from './tokenizersParams.js';

/**
 * Bounds of what the engine accepts. They are far above what Glassbox sends and far below what would exhaust the
 * process; lengths are UTF-16 units.
 */
export const engineLimits = {
  pathLength: 4096,
  modelRoots: 256,
  promptTextLength: 2 ** 21,
  chunkCount: 256,
  analysedTextLength: 2 ** 24,
  stopStrings: 64,
  stopStringLength: 1024,
  newTokens: 8192,
  lines: 10_000,
  deadlineMs: 3_600_000,
  alternatives: 100,
  temperature: 100,
} as const;

const path = v.pipe(v.string(), v.maxLength(engineLimits.pathLength));
const text = v.pipe(v.string(), v.maxLength(engineLimits.promptTextLength));
const analysedText = v.pipe(v.string(), v.maxLength(engineLimits.analysedTextLength));
const target = { folder: v.pipe(path, v.nonEmpty()) };

function integerBetween(minimum: number, maximum: number): v.GenericSchema<unknown, number> {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(minimum), v.maxValue(maximum));
}

const root: v.GenericSchema<unknown, ModelRoot> = v.object({
  path: v.pipe(path, v.nonEmpty()),
  source: v.picklist(['bundled', 'folder']),
});

const prompt: v.GenericSchema<unknown, PromptParts> = v.object({
  path,
  languageId: v.pipe(v.string(), v.maxLength(256)),
  chunks: v.pipe(v.array(v.object({ path, text })), v.maxLength(engineLimits.chunkCount)),
  prefix: text,
  prefixStartLine: integerBetween(0, Number.MAX_SAFE_INTEGER),
  currentLine: text,
  suffix: text,
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
    alternativeCount: integerBetween(0, engineLimits.alternatives),
    replaceable: v.exactOptional(v.boolean()),
  }),
  'completion/prefill': v.object({ ...target, prompt }),
  'tokens/encode': v.object({ ...target, text: analysedText }),
  'tokens/score': v.object({ ...target, text: analysedText }),
  'engine/state': v.record(v.string(), v.never()),
};
