/** Names a model by its folder; the engine loads it on first use. */
export interface ModelTarget {
  readonly folder: string;
}
