/** How the next token is chosen. `temperature` 0 is greedy and ignores the rest. */
export interface SamplingOptions {
  /** Divides the logits; 0 means argmax. */
  readonly temperature: number;
  /** Keep only the `topK` most likely tokens; 0 keeps all. */
  readonly topK: number;
  /** Nucleus sampling (Holtzman et al. 2020): keep the smallest set whose probability reaches `topP`; 1 keeps all. */
  readonly topP: number;
  /** Min-p sampling (Nguyen et al. 2024): drop tokens less than `minP` times as likely as the likeliest one; 0 keeps all. */
  readonly minP: number;
  /** Seed of the generator: same seed, prompt and model give the same text. */
  readonly seed: number;
}

/** Argmax at every step. */
export const greedy: SamplingOptions = { temperature: 0, topK: 0, topP: 1, minP: 0, seed: 0 };
