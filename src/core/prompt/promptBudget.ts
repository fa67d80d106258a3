/**
 * How a prompt divides the model's context. The shares follow completion systems with a stable-first prompt; a share
 * that is not used goes to the prefix.
 */
export const promptShares = {
  /** Path of the document. */
  header: 0.05,
  /** Pieces of other files. */
  chunks: 0.28,
  /** Text after the cursor. */
  suffix: 0.12,
} as const;

/** Longer prompts cost a laptop more time to read than their far end is worth. */
const largestPrompt = 1536;

/** Share of the context kept free for what is generated. */
const generationShare = 1 / 8;

/** The current line's part of the budget grows in steps of this many tokens, so that the prefix's part stays put. */
const lineStep = 64;

/** Tokens that each part of a prompt may take. */
export interface PromptBudget {
  readonly total: number;
  readonly header: number;
  readonly chunks: number;
  readonly suffix: number;
  /** The current line; also the least that the cut line keeps. */
  readonly line: number;
}

/**
 * The budget of a model. It does not depend on the request: a prompt that is cut differently when more tokens are asked
 * for would lose the KV cache.
 *
 * @param contextLength tokens that the model can hold.
 */
export function promptBudget(contextLength: number): PromptBudget {
  const total = Math.min(largestPrompt, contextLength - Math.ceil(contextLength * generationShare));
  return {
    total,
    header: Math.floor(total * promptShares.header),
    chunks: Math.floor(total * promptShares.chunks),
    suffix: Math.floor(total * promptShares.suffix),
    line: Math.floor(total / 2),
  };
}

/** Tokens set aside for a current line of `tokenCount` tokens: the next step, so that it seldom changes while typing. */
export function lineAllowance(tokenCount: number, budget: PromptBudget): number {
  return Math.min(budget.line, (Math.floor(tokenCount / lineStep) + 1) * lineStep);
}
