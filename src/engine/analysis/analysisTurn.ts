/** An analysis's permission to use the model: until it is aborted, and with pauses. */
export interface AnalysisTurn {
  readonly signal: AbortSignal;
  /** Called between runs of the model; lets through what must not wait. */
  readonly giveWay: () => Promise<void>;
}
