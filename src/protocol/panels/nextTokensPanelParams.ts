import * as v from 'valibot';
import type { RpcParamSchemas } from '../rpcContract.js';
import type { NextTokensPanelContract, PinnedPlace } from './nextTokensPanelContract.js';

/** Bounds of what the panel asks; lengths are UTF-16 units. */
export const nextTokensPanelLimits = {
  uriLength: 8192,
  digestLength: 64,
  branchLength: 8192,
  topCount: 500,
  textLength: 2 ** 20,
} as const;

const limits = nextTokensPanelLimits;
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const digest = v.pipe(v.string(), v.nonEmpty(), v.maxLength(limits.digestLength));

/** A place that the page remembered. */
export const pinnedPlaceSchema: v.GenericSchema<unknown, PinnedPlace> = v.object({
  uri: v.pipe(v.string(), v.nonEmpty(), v.maxLength(limits.uriLength)),
  line: count,
  character: count,
  digest,
});

/** The schema of every method's parameters. */
export const nextTokensPanelParamSchemas: RpcParamSchemas<NextTokensPanelContract> = {
  'nextTokens/follow': v.object({ pinned: v.nullable(pinnedPlaceSchema) }),
  'nextTokens/predict': v.object({
    digest,
    mode: v.picklist(['prompt', 'left-to-right']),
    branch: v.pipe(v.array(v.pipe(count, v.maxValue(2 ** 32 - 1))), v.maxLength(limits.branchLength)),
    topCount: v.pipe(count, v.maxValue(limits.topCount)),
  }),
  'nextTokens/insert': v.object({ digest, text: v.pipe(v.string(), v.maxLength(limits.textLength)) }),
  'nextTokens/reveal': v.object({ digest }),
};
