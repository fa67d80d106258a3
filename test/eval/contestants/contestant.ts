import type { CompletionEngine, GenerationResult, StopReason } from '../../../src/core/completion/generation.js';
import type { CompletionModel } from '../../../src/core/completion/completionQuery.js';
import type { BitsAnswer } from '../measure/bits.js';
import type { EvalTask, SourceText } from '../tasks/evalTask.js';

/**
 * A row of the tables: something that writes text at a cursor. All of them stand where the model stands, behind the
 * editor's pipeline, and get the prompt that the model gets.
 */
export interface Contestant {
  /** Stays the same as long as the answers do. */
  readonly id: string;
  readonly label: string;
  /** What the pipeline has to know of it. */
  readonly model: CompletionModel;
  /** What answers in this file. */
  engineFor(source: SourceText): CompletionEngine;
  /**
   * To be called before each task: reads what stands around its file, and forgets what was asked before, so that an answer
   * does not depend on the order of the tasks.
   */
  prepare(source: SourceText, signal: AbortSignal): Promise<void>;
  /** How well it predicts a text; undefined for what gives no probabilities. */
  readonly measureBits?: (task: EvalTask, signal: AbortSignal) => Promise<BitsAnswer>;
}

/** An answer of something that is no model. */
export function writtenText(text: string, stopReason: StopReason): GenerationResult {
  return {
    text,
    tokens: [],
    healedLength: 0,
    stopReason,
    promptTokenCount: 0,
    reusedTokenCount: 0,
    timings: { queueMs: 0, loadMs: 0, tokenizeMs: 0, prefillMs: 0, decodeMs: 0 },
  };
}

/** There is nothing to read, nor to forget. */
export const nothingKept: Contestant['prepare'] = () => Promise.resolve();

/** There is nothing to compute ahead. */
export const noPrefill: CompletionEngine['prefill'] = () =>
  Promise.resolve({ promptTokenCount: 0, reusedTokenCount: 0, prefillMs: 0 });

/** The context is as long as anyone likes: these read text. */
export function textReader(id: string): CompletionModel {
  return { id, hash: '', contextLength: Number.MAX_SAFE_INTEGER };
}
