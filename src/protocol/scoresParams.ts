import * as v from 'valibot';
import type { TextRange } from '../core/scores/scoreTotals.js';
import { analysedText, analysisTarget, engineLimits, integerBetween } from './paramSchemas.js';
import type { RpcParamSchemas } from './rpcContract.js';
import type { ScoresContract } from './scoresContract.js';

const offset = integerBetween(0, engineLimits.analysedTextLength);

const range: v.GenericSchema<unknown, TextRange> = v.pipe(
  v.object({ start: offset, end: offset }),
  v.check(({ start, end }) => start <= end, 'The range ends before it starts.'),
);

const scored = {
  ...analysisTarget,
  text: analysedText,
  topCount: integerBetween(0, engineLimits.alternatives),
  priority: v.exactOptional(range),
  extent: v.exactOptional(v.picklist(['text', 'priority'])),
};

/** The schema of every method of {@link ScoresContract}. */
export const scoresParamSchemas: RpcParamSchemas<ScoresContract> = {
  'scores/score': v.object(scored),
  'scores/compare': v.object({ ...scored, other: v.object(analysisTarget) }),
};
