/** The constants of supervision, in milliseconds unless said otherwise. */
export interface SupervisorLimits {
  /** This many crashes within the window, and the engine stays off (vscode-languageclient: 5 within 3 minutes). */
  readonly maxCrashes: number;
  readonly crashWindowMs: number;
  /** Wait before the first restart; doubles with every further crash in the window, up to the maximum. */
  readonly firstRetryMs: number;
  readonly maxRetryMs: number;
  /** This many crashes within the window while a model was in use, and the model is quarantined. */
  readonly maxCrashesPerModel: number;
  /** How often an engine that has work is asked for a sign of life. */
  readonly heartbeatMs: number;
  /** An engine silent for this long hangs in a native call and is killed. */
  readonly hangMs: number;
  /** The same while it starts or loads a model: making a session of a large model is one long native call. */
  readonly loadingHangMs: number;
}

/** What Glassbox runs with. */
export const defaultSupervisorLimits: SupervisorLimits = {
  maxCrashes: 4,
  crashWindowMs: 180_000,
  firstRetryMs: 500,
  maxRetryMs: 8000,
  maxCrashesPerModel: 2,
  heartbeatMs: 1000,
  hangMs: 20_000,
  loadingHangMs: 120_000,
};
