import * as v from 'valibot';
import { PersistedState, type StateStore } from '../boot/persistedState.js';

const schema = v.object({
  view: v.picklist(['pictures', 'tables']),
  /** Order of the parts that were left out. */
  sort: v.picklist(['influence', 'place']),
});

/** What the page remembers: how it is looked at, never what was explained. */
export type WhyState = v.InferOutput<typeof schema>;

/** Reads what the page remembered. */
export function createWhyState(store: StateStore): PersistedState<WhyState> {
  return new PersistedState<WhyState>(store, 1, schema, { view: 'pictures', sort: 'influence' });
}
