import * as v from 'valibot';
import { tokenizationLabLimits } from '../../src/protocol/panels/tokenizationLabParams.js';
import { PersistedState, type StateStore } from '../boot/persistedState.js';

const schema = v.object({
  /** Where the text comes from. */
  source: v.picklist(['typed', 'selection', 'file']),
  typedText: v.pipe(v.string(), v.maxLength(tokenizationLabLimits.textLength)),
});

/** What the lab remembers. */
export type LabState = v.InferOutput<typeof schema>;

/** Reads what the lab remembered. */
export function createLabState(store: StateStore): PersistedState<LabState> {
  return new PersistedState<LabState>(store, 1, schema, { source: 'selection', typedText: '' });
}
