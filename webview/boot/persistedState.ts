import * as v from 'valibot';

/** Where the editor keeps a page's state: through reloads, hiding, and restarts of the editor. */
export interface StateStore {
  read(): unknown;
  write(state: unknown): void;
}

/**
 * What a page remembers of how it was used (never data that it could ask for again). A state of another version, or one
 * that does not fit the schema, is forgotten.
 */
export class PersistedState<T extends object> {
  readonly #store: StateStore;
  readonly #version: number;
  #value: T;

  /**
   * @param version Raised when the meaning of the state changes.
   * @param initial What there is before anything was remembered.
   */
  constructor(store: StateStore, version: number, schema: v.GenericSchema<unknown, T>, initial: T) {
    this.#store = store;
    this.#version = version;
    const envelope = v.safeParse(v.object({ version: v.literal(version), value: schema }), store.read());
    this.#value = envelope.success ? envelope.output.value : initial;
  }

  get value(): T {
    return this.#value;
  }

  /** Changes some of it for now: what changes with every move of a slider is kept by the next {@link update}. */
  preview(change: Partial<T>): void {
    this.#value = { ...this.#value, ...change };
  }

  /** Changes some of it and keeps all of it. */
  update(change: Partial<T>): void {
    this.preview(change);
    this.#store.write({ version: this.#version, value: this.#value });
  }
}
