import * as v from 'valibot';
import { path } from '../paramSchemas.js';
import type { RpcParamSchemas } from '../rpcContract.js';
import type { WhySuggestionContract } from './whySuggestionContract.js';

/** Bounds of what the panel takes; lengths are UTF-16 units. */
export const whySuggestionLimits = { contrastLength: 10_000, candidates: 100 } as const;

const nothing = v.record(v.string(), v.never());
const line = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** The schema of every method's parameters. */
export const whySuggestionParamSchemas: RpcParamSchemas<WhySuggestionContract> = {
  'why/follow': nothing,
  'why/explainNewest': nothing,
  'why/triggerSuggestion': nothing,
  'why/choose': v.object({ candidate: v.pipe(line, v.maxValue(whySuggestionLimits.candidates)) }),
  'why/compare': v.object({ text: v.pipe(v.string(), v.maxLength(whySuggestionLimits.contrastLength)) }),
  'why/occlude': v.object({ detail: v.picklist(['grouped', 'every-line']) }),
  'why/stop': nothing,
  'why/paint': v.object({ isPainted: v.boolean() }),
  'why/reveal': v.object({ start: line, end: line }),
  'why/openPlace': v.object({ path, line }),
};
