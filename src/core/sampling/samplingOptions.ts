/** How the next token is chosen. `temperature` 0 is greedy and ignores the rest. */
export interface SamplingOptions {
  /** Divides the logits; 0 means argmax. */
  readonly temperature: number;
  /** Keep only the `topK` most likely tokens; 0 keeps all. */
  readonly topK: number;
  /** Nucleus sampling (Holtzman et al. 2020): keep the smallest set whose probability reaches `topP`; 1 keeps all. */
  readonly topP: number;
  /** Seed of the generator: same seed, prompt and model give the same text. */
  readonly seed: number;
}

/** Argmax at every step. */
export const greedy: SamplingOptions = { temperature: 0, topK: 0, topP: 1, seed: 0 };
