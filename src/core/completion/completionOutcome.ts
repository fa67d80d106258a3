import type { GlassboxError } from '../errors.js';
import type { TextRange } from './documentSnapshot.js';
import type { GenerationResult } from './generation.js';
import type { CandidateOrigin } from './generationOrigin.js';

/** Why nothing was offered, decided on purpose. Each has a sentence in both languages for "why nothing?". */
export const skipReasons = [
  'disabled',
  'language-disabled',
  'snoozed',
  'scheme-unsupported',
  'secret-file',
  'read-only',
  'selection-not-empty',
  'several-cursors-differ',
  'composing',
  'text-after-cursor',
  'binary-document',
  'cursor-outside-document',
  'suggest-widget-conflict',
  'blank-result',
  'repeats-following-text',
  'repeats-itself',
  'equals-neighbouring-line',
  'contains-secret',
  'no-model',
] as const;

/** One of {@link skipReasons}. */
export type SkipReason = (typeof skipReasons)[number];

/** Which source answered; in the order in which they are asked. */
export type CompletionSource = 'typed-through' | 'cache' | 'running' | 'model';

/** One suggestion: replace `range` (within the cursor's line) by `text`. `text` starts with what the range holds. */
export interface CompletionCandidate {
  readonly text: string;
  readonly range: TextRange;
  /** The generation it came from; undefined when the model was still writing (typed-through and cache keep it). */
  readonly generation: GenerationResult | undefined;
  /** What the model was asked; also when the answer came from the cache or was typed into. */
  readonly origin: CandidateOrigin;
  /** UTF-16 units at the start of `text` that the model was given: the selected IntelliSense item, else 0. */
  readonly givenLength: number;
}

/** Milliseconds per stage of one request, in the process that runs the pipeline. */
export interface StageTimings {
  readonly gateMs: number;
  readonly delayMs: number;
  readonly promptMs: number;
  readonly engineMs: number;
  readonly postProcessMs: number;
  readonly totalMs: number;
}

/** How a request ended: exactly one of these. Log, status item and "why nothing?" all read this value. */
export type CompletionOutcome =
  | {
      readonly kind: 'shown';
      readonly source: CompletionSource;
      readonly candidates: readonly CompletionCandidate[];
      readonly timings: StageTimings;
    }
  | { readonly kind: 'skipped'; readonly reason: SkipReason }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: GlassboxError };
