import type { TokenAlternative } from '../completion/generation.js';
import type { RememberedToken } from '../memory/rememberedToken.js';

/** A text that follows the cursor of a prompt. */
export interface ExplainTarget {
  /** `\n` line ends. */
  readonly text: string;
  /**
   * The tokens that the model wrote it with, those that token healing made it write again included; empty when they are not
   * known. Then, and when they do not spell the text, the tokenizer makes them.
   */
  readonly ids: readonly number[];
  /** UTF-16 offset in `text` from which tokens count: what stands before it was typed by the user. */
  readonly from: number;
}

/** A token of an explained text, with the model's own distribution, and what memory made of that. */
export interface ExplainedToken extends TokenAlternative {
  /** UTF-16 offsets from the cursor; negative where a healed token begins left of it. Empty inside a character. */
  readonly start: number;
  readonly end: number;
  /**
   * Natural logarithm of the probability that all tokens had together which agree with the letters left of the cursor; 0
   * where every token may come. The token's probability given those letters is exp(`logProb - allowedLogProb`).
   */
  readonly allowedLogProb: number;
  /** Place among all tokens of the vocabulary, 1 for the likeliest. */
  readonly rank: number;
  /** The likeliest tokens, by falling `logProb`. */
  readonly alternatives: readonly TokenAlternative[];
  /** What memory had to do with it, given the letters left of the cursor; left out where memory was not asked. */
  readonly remembered?: RememberedToken;
  /** False for what the user typed. */
  readonly counts: boolean;
}

/** Log-probability of a token given also the letters left of the cursor that it begins with. */
export function logProbGivenTyped({ logProb, allowedLogProb }: ExplainedToken): number {
  return logProb - allowedLogProb;
}

/** Log-probability of the tokens that count, from the given one on, in nats. */
export function explainedLogProb(tokens: readonly ExplainedToken[], firstToken = 0): number {
  return tokens.slice(firstToken).reduce((sum, token) => (token.counts ? sum + logProbGivenTyped(token) : sum), 0);
}

/** Share of the probability that the listed alternatives have together: "covers x %". */
export function coverage({ alternatives }: Pick<ExplainedToken, 'alternatives'>): number {
  return Math.min(
    1,
    alternatives.reduce((sum, { logProb }) => sum + Math.exp(logProb), 0),
  );
}

/** How many tokens at the start of two texts are the same: their log-probabilities are equal, so they decide nothing. */
export function sharedTokenCount(
  left: readonly Pick<ExplainedToken, 'id'>[],
  right: readonly Pick<ExplainedToken, 'id'>[],
): number {
  const limit = Math.min(left.length, right.length);
  let count = 0;
  while (count < limit && left[count]!.id === right[count]!.id) count++;
  return count;
}
