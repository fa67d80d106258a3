import type { PromptParts } from '../../core/prompt/promptParts.js';

/** One generation, timed from the request to the last token. Milliseconds. */
export interface TimedGeneration {
  /** Until the first token. */
  readonly firstTokenMs: number;
  readonly totalMs: number;
  /** One decode step, from one token to the next, on average; undefined when there was only one token. */
  readonly stepMs: number | undefined;
  readonly tokenCount: number;
}

/** Something that completes code: this engine, or a peer. It runs in a process of its own. */
export interface Contestant {
  readonly name: string;
  /** Version, and whatever else a reader must know to repeat the measurement. */
  readonly detail: string;
  /** Generates greedily, reusing what it can of its previous request. */
  generate(prompt: PromptParts, newTokens: number, signal: AbortSignal): Promise<TimedGeneration>;
}

/** A contestant that could not be measured, and what to do about it. */
export interface MissingContestant {
  readonly name: string;
  readonly missing: string;
}
