import type { GenerationOrigin } from '../core/completion/generationOrigin.js';
import type { ExplainedToken, ExplainTarget } from '../core/explain/explainedTokens.js';
import type { Occlusion, OcclusionProgress } from '../core/explain/occlusion.js';
import type { OcclusionDetail } from '../core/explain/occlusionPlan.js';
import type { PromptLayout } from '../core/explain/promptLayout.js';
import type { PromptParts } from '../core/prompt/promptParts.js';
import type { ModelTarget } from './modelTarget.js';

/** A text after a prompt, to be explained by the model that wrote it. */
export interface ExplainParams extends ModelTarget {
  readonly prompt: PromptParts;
  readonly target: ExplainTarget;
  /** A text to compare with, `\n` line ends: what stands after the cursor instead. Empty: none. */
  readonly contrastText: string;
}

/** What is asked about the tokens of a text: the likeliest alternatives of each, and memory as it was asked when they were written. */
export interface SuggestionParams extends ExplainParams, Pick<GenerationOrigin, 'memory' | 'singleLine'> {
  readonly alternativeCount: number;
}

/** What a text is made of, and what stood before it. */
export interface SuggestionExplanation {
  readonly prompt: PromptLayout;
  /** Tokens that healing took off the prompt, to be written again. */
  readonly healedTokenCount: number;
  readonly tokens: readonly ExplainedToken[];
  /** Tokens of the text to compare with; empty when there is none. */
  readonly contrastTokens: readonly ExplainedToken[];
}

/** What "why this suggestion?" asks the engine. */
export interface ExplainContract {
  /** Scores the text as it stands after the whole prompt, by the model and by model and memory together. */
  'explain/suggestion': {
    params: SuggestionParams;
    result: SuggestionExplanation;
    progress: never;
  };
  /**
   * Scores the text again and again by the model alone, each time without another part of the prompt. What was measured is
   * streamed, nearest lines first; completions go between two runs.
   */
  'explain/occlude': {
    params: ExplainParams & { readonly detail: OcclusionDetail };
    result: Occlusion;
    progress: OcclusionProgress;
  };
}
