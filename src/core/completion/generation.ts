import type { MemoryScope } from '../memory/memoryScope.js';
import type { RememberedToken } from '../memory/rememberedToken.js';
import type { PromptParts } from '../prompt/promptParts.js';
import type { SamplingOptions } from '../sampling/samplingOptions.js';

/** When decoding ends. The first condition met wins. */
export interface StopConditions {
  /** Upper bound on decode steps. */
  readonly maxNewTokens: number;
  /** End before the first line break once something visible was generated. */
  readonly singleLine: boolean;
  /** End after this many lines; ignored when `singleLine`. */
  readonly maxLines: number;
  /** End (and cut) at the first of these strings. */
  readonly stopStrings: readonly string[];
  /** Milliseconds after the first generated token; what exists then is the result. */
  readonly deadlineMs: number;
}

/** Ask the model to continue at the cursor. */
export interface GenerationRequest {
  readonly prompt: PromptParts;
  readonly sampling: SamplingOptions;
  readonly stop: StopConditions;
  /** Cut back to the last token boundary and force the cut bytes ("token healing"); true unless comparing. */
  readonly tokenHealing: boolean;
  /** Which code the model's own probabilities are mixed with. */
  readonly memory: MemoryScope;
  /** How many of the most likely alternatives to keep per step. */
  readonly alternativeCount: number;
}

/** A token that could have been chosen. */
export interface TokenAlternative {
  readonly id: number;
  /** Decoded bytes; U+FFFD where the token holds part of a character. */
  readonly text: string;
  /** Natural logarithm of the model's own probability (temperature 1, before any forcing, without memory). */
  readonly logProb: number;
}

/** A token that was chosen. `alternatives` is sorted by falling `logProb` and may contain the token itself. */
export interface GeneratedToken extends TokenAlternative {
  readonly alternatives: readonly TokenAlternative[];
  /** What memory had to do with it; left out where memory was not asked. */
  readonly remembered?: RememberedToken;
}

/** Why decoding ended. */
export type StopReason =
  'end-of-text' | 'line-end' | 'max-lines' | 'stop-string' | 'max-tokens' | 'deadline' | 'context-full';

/** Milliseconds per stage of one request, measured in the engine. */
export interface GenerationTimings {
  readonly queueMs: number;
  /** Model verification and loading, 0 when it was loaded. */
  readonly loadMs: number;
  readonly tokenizeMs: number;
  readonly prefillMs: number;
  readonly decodeMs: number;
}

/** What the model wrote. */
export interface GenerationResult {
  /** Text that follows the cursor (healed bytes already removed); `\n` line ends. */
  readonly text: string;
  /** The generated tokens in order. The first ones may begin with bytes left of the cursor, because of token healing. */
  readonly tokens: readonly GeneratedToken[];
  /** UTF-16 units at the start of the tokens' joined text that stand left of the cursor. */
  readonly healedLength: number;
  readonly stopReason: StopReason;
  /** Tokens of the prompt, and how many of them came from the KV cache. */
  readonly promptTokenCount: number;
  readonly reusedTokenCount: number;
  readonly timings: GenerationTimings;
}

/** The text so far, streamed as it grows; fast models skip states that no screen could show. */
export interface GenerationProgress {
  readonly text: string;
  readonly tokenCount: number;
}

/** Result of filling the KV cache ahead of a request. */
export interface PrefillResult {
  readonly promptTokenCount: number;
  readonly reusedTokenCount: number;
  readonly prefillMs: number;
}

/** What the completion pipeline needs from a model; the engine behind the supervisor implements it. */
export interface CompletionEngine {
  /** @throws GlassboxError `cancelled` when the signal aborts, otherwise an engine or model error. */
  generate(
    request: GenerationRequest,
    onProgress: (progress: GenerationProgress) => void,
    signal: AbortSignal,
  ): Promise<GenerationResult>;
  /** Computes the KV cache of everything but the current line. Same errors as {@link generate}. */
  prefill(prompt: PromptParts, signal: AbortSignal): Promise<PrefillResult>;
}
