import * as v from 'valibot';
import type { PromptParts } from '../core/prompt/promptParts.js';

/**
 * Bounds of what the engine accepts. They are far above what Glassbox sends and far below what would exhaust the
 * process; lengths are UTF-16 units.
 */
export const engineLimits = {
  pathLength: 4096,
  modelRoots: 256,
  promptTextLength: 2 ** 21,
  chunkCount: 256,
  analysedTextLength: 2 ** 24,
  embeddedTexts: 16_384,
  rememberedFiles: 4096,
  stopStrings: 64,
  stopStringLength: 1024,
  newTokens: 8192,
  lines: 10_000,
  deadlineMs: 3_600_000,
  alternatives: 100,
  temperature: 100,
} as const;

/** A path; may be empty. */
export const path = v.pipe(v.string(), v.maxLength(engineLimits.pathLength));
/** A part of a prompt. */
export const text = v.pipe(v.string(), v.maxLength(engineLimits.promptTextLength));
/** A text to be looked at. */
export const analysedText = v.pipe(v.string(), v.maxLength(engineLimits.analysedTextLength));
/** The entries that name a model. */
export const target = { folder: v.pipe(path, v.nonEmpty()) };

/** The entries that name a model's graph. */
export const analysisTarget = { ...target, graph: v.exactOptional(v.pipe(path, v.nonEmpty())) };

/** A whole number between two others, both included. */
export function integerBetween(minimum: number, maximum: number): v.GenericSchema<unknown, number> {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(minimum), v.maxValue(maximum));
}

/** What a model is to complete. */
export const prompt: v.GenericSchema<unknown, PromptParts> = v.object({
  path,
  languageId: v.pipe(v.string(), v.maxLength(256)),
  chunks: v.pipe(v.array(v.object({ path, text })), v.maxLength(engineLimits.chunkCount)),
  prefix: text,
  prefixStartLine: integerBetween(0, Number.MAX_SAFE_INTEGER),
  currentLine: text,
  suffix: text,
});
