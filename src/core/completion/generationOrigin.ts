import type { MemoryScope } from '../memory/memoryScope.js';
import type { PromptParts } from '../prompt/promptParts.js';
import type { SamplingOptions } from '../sampling/samplingOptions.js';
import type { CompletionModel } from './completionQuery.js';
import type { TextPosition } from './documentSnapshot.js';

/** The request that a text of the model answered. Kept with the text, so that it can be explained later from what the model saw. */
export interface GenerationOrigin {
  readonly model: CompletionModel;
  readonly prompt: PromptParts;
  readonly sampling: SamplingOptions;
  readonly memory: MemoryScope;
  /** Whether one line was asked for. */
  readonly singleLine: boolean;
  /** Where the cursor stood. */
  readonly position: TextPosition;
  /** The document's version and number of lines at that moment. */
  readonly documentVersion: number;
  readonly lineCount: number;
}

/** Where an offered text comes from: the request, and what was typed of its answer before this offer was made. */
export interface CandidateOrigin extends GenerationOrigin {
  /** The beginning of the answer that stood left of the cursor already, `\n` line ends; empty at the request's own place. */
  readonly typedSince: string;
}
