/** Where something is written that memory goes on like. */
export interface RememberedPlace {
  /** The file that is written in, or another one. */
  readonly source: 'file' | 'workspace';
  /** Workspace-relative path with forward slashes. */
  readonly path: string;
  /** Line of the token, from 0. */
  readonly line: number;
  /** Tokens before it that are the same as before the cursor. */
  readonly agreement: number;
  /** Tokens that are the same behind the end of its line, the line break included; 0 unless there are at least two. */
  readonly agreementAhead: number;
}

/** What memory had to do with a token. */
export interface RememberedToken {
  /**
   * Natural logarithm of the probability that model and memory together gave the token, given also the letters left of the
   * cursor that it has to begin with.
   */
  readonly logProb: number;
  /** Share of that probability that is memory's, from 0 to 1. */
  readonly share: number;
  /** The place that agrees longest and goes on with this token; undefined when none does. */
  readonly place: RememberedPlace | undefined;
}
