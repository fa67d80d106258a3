import type { TokenDescriptions } from '../core/nextTokens/tokenDescriptions.js';
import type { PromptParts } from '../core/prompt/promptParts.js';
import type { AnalysisTarget } from './modelTarget.js';

/**
 * What the next token follows: the prompt of a completion with its last token healed, as a completion begins; the same
 * without what stands right of the cursor, for models that would see it; or plain text, of which the end is read if it
 * is too long.
 */
export type NextTokenContext =
  | { readonly kind: 'prompt' | 'left-to-right'; readonly prompt: PromptParts }
  | { readonly kind: 'text'; readonly text: string };

/** A place and a way to go on from it. */
export interface NextTokenParams extends AnalysisTarget {
  readonly context: NextTokenContext;
  /** Token ids that follow the context. */
  readonly branch: readonly number[];
  /** Likeliest tokens that are described. */
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
  /** What the likeliest tokens that may come and those of the branch stand for. */
  readonly tokens: TokenDescriptions;
  /**
   * Bytes that token healing took off the end of the prompt: those of the branch and what follows begin with them, and
   * only what comes after them is new text.
   */
  readonly repeatedBytes: Uint8Array;
  /** Ids that agree with what the branch has not repeated yet; null when any token may come. */
  readonly allowedIds: Uint32Array | null;
}

/** What may come next. */
export interface NextTokensContract {
  'nextTokens/predict': { params: NextTokenParams; result: NextTokens; progress: never };
}
