import type { PromptParts } from '../core/prompt/promptParts.js';
import type { TokenTexts } from '../core/scores/scoredTokens.js';
import type { AnalysisTarget } from './modelTarget.js';

/** What the next token follows: the prompt of a completion, or plain text, of which the end is read if it is too long. */
export type NextTokenContext =
  { readonly kind: 'prompt'; readonly prompt: PromptParts } | { readonly kind: 'text'; readonly text: string };

/** A place and a way to go on from it. */
export interface NextTokenParams extends AnalysisTarget {
  readonly context: NextTokenContext;
  /** Token ids that follow the context. */
  readonly branch: readonly number[];
  /** Likeliest tokens whose texts are answered. */
  readonly topCount: number;
}

/** The distribution of the next token. */
export interface NextTokens {
  /** [vocabulary]: natural log-probability of each id; may be used as logits, from which they differ by a constant. */
  readonly logProbs: Float32Array;
  /** Tokens of the context and the branch. */
  readonly contextTokenCount: number;
  /** Of those, how many the model did not have to read again. */
  readonly reusedTokenCount: number;
  /** Texts of the likeliest tokens and of the branch. */
  readonly vocabulary: TokenTexts;
}

/** What may come next. */
export interface NextTokensContract {
  'nextTokens/predict': { params: NextTokenParams; result: NextTokens; progress: never };
}
