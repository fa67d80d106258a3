import type { OcclusionUnit } from './occlusionUnits.js';

/** What leaving out one part of the prompt does. */
export interface OcclusionResult {
  readonly unit: OcclusionUnit;
  /**
   * Log-probability of the explained text without the unit, less that with it, in nats: below 0 the text is less likely
   * without it. exp(`change`) is the factor by which its probability changes.
   */
  readonly change: number;
  /**
   * The same of the difference between the explained text and the one it is compared with: below 0 the unit speaks for the
   * explained text. Undefined when nothing is compared.
   */
  readonly contrastChange: number | undefined;
  /** True when lines inside the unit are in the results too. */
  readonly isRefined: boolean;
}

/** Streamed while the parts are left out one by one. */
export interface OcclusionProgress {
  /** What was measured since the last report. */
  readonly results: readonly OcclusionResult[];
  /** Runs done, and runs known to be needed; the second grows when groups are looked into. */
  readonly doneRuns: number;
  readonly totalRuns: number;
}

/** How much each part of a prompt changes the probability of a text. */
export interface Occlusion {
  /** Log-probability of the explained text with the whole prompt, in nats: the tokens that count. */
  readonly logProb: number;
  /** That of the text it is compared with, from the first different token on; undefined when nothing is compared. */
  readonly contrast: { readonly logProb: number; readonly otherLogProb: number } | undefined;
  readonly results: readonly OcclusionResult[];
  /** Prompts scored, the whole one included, and tokens given to the model for them. */
  readonly runCount: number;
  readonly readTokenCount: number;
  /** True when far lines were left out together; `results` says which. */
  readonly isGrouped: boolean;
}

/**
 * The finest results: each line that was measured on its own, and the groups that were not looked into.
 */
export function finestResults(results: readonly OcclusionResult[]): readonly OcclusionResult[] {
  return results.filter(({ isRefined }) => !isRefined);
}

/** How strong a change is, from 0 (none to speak of) to 3. */
export type OcclusionStep = 0 | 1 | 2 | 3;

/** Factors by which a probability must change for steps 1, 2 and 3; also what legends say. */
export const occlusionStepFactors = [1.1, 2, 10] as const;

/** The step of a change in nats, in either direction. */
export function occlusionStep(change: number): OcclusionStep {
  const factor = Math.exp(Math.abs(change));
  // Rounding in the exponential must not move a change that is exactly at a factor.
  return occlusionStepFactors.filter((limit) => factor >= limit * (1 - 1e-9)).length as OcclusionStep;
}
