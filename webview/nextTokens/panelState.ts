import * as v from 'valibot';
import { emptyBranchTree } from '../../src/core/nextTokens/branchTree.js';
import { branchTreeSchema } from '../../src/core/nextTokens/branchTreeSchema.js';
import { pinnedPlaceSchema } from '../../src/protocol/panels/nextTokensPanelParams.js';
import { PersistedState, type StateStore } from '../boot/persistedState.js';

/** Ends of the controls. A temperature above 3 makes every token nearly as likely as any other. */
export const samplingLimits = {
  temperature: 3,
  topKTrack: 100,
  topK: 1_000_000,
  steps: 100,
  seed: 2 ** 31 - 1,
} as const;

/** How many candidates are listed: the first step and each further one. */
export const rowSteps = [25, 50, 100, 200] as const;

function between(minimum: number, maximum: number): v.GenericSchema<unknown, number> {
  return v.pipe(v.number(), v.minValue(minimum), v.maxValue(maximum));
}

function integer(minimum: number, maximum: number): v.GenericSchema<unknown, number> {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(minimum), v.maxValue(maximum));
}

const schema = v.object({
  mode: v.picklist(['prompt', 'left-to-right']),
  sampling: v.object({
    temperature: between(0, samplingLimits.temperature),
    topK: integer(0, samplingLimits.topK),
    topP: between(0, 1),
    minP: between(0, 1),
    seed: integer(0, samplingLimits.seed),
  }),
  /** Numbers drawn since the seed was set. */
  drawCount: integer(0, Number.MAX_SAFE_INTEGER),
  /** Tokens that one press of a button takes. */
  steps: integer(1, samplingLimits.steps),
  view: v.picklist(['bars', 'table']),
  rowCount: v.picklist(rowSteps),
  pinned: v.nullable(pinnedPlaceSchema),
  tree: branchTreeSchema,
});

/** What the panel remembers. */
export type PanelState = v.InferOutput<typeof schema>;

/** The model's own distribution: nothing cut. */
export const plainSampling: PanelState['sampling'] = { temperature: 1, topK: 0, topP: 1, minP: 0, seed: 1 };

const initial: PanelState = {
  mode: 'prompt',
  sampling: plainSampling,
  drawCount: 0,
  steps: 8,
  view: 'bars',
  rowCount: rowSteps[0],
  pinned: null,
  tree: emptyBranchTree,
};

/** Reads what the panel remembered. */
export function createPanelState(store: StateStore): PersistedState<PanelState> {
  return new PersistedState<PanelState>(store, 1, schema, initial);
}
