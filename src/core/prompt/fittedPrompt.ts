import type { ContextChunk, PromptParts } from './promptParts.js';

/** What of a prompt's parts the model gets, after the budget has cut what did not fit. */
export interface FittedPrompt {
  /** Empty when the model is not told a path. Of a very long one the model gets the end. */
  readonly path: string;
  /** The chunks that fit, whole. */
  readonly chunks: readonly ContextChunk[];
  /** Whole lines, each with its `\n`. */
  readonly prefix: string;
  /** Line of the document at which `prefix` starts. */
  readonly prefixStartLine: number;
  /** Tokens at the start of the prefix that are left out still; 0 unless its lines together have more tokens than one by one. */
  readonly prefixDroppedTokens: number;
  /** UTF-16 offset in `prefix` at which the lines begin that stand after the suffix; its length when there are none. */
  readonly nearStart: number;
  readonly suffix: string;
  /** Tokens at the end of the suffix that are left out. */
  readonly suffixDroppedTokens: number;
  /** The line break before the current line where it stands after the middle token; otherwise empty, and part of the prefix. */
  readonly lineBreak: '' | '\n';
  /** The current line up to the cursor, or its end when it is very long. */
  readonly currentLine: string;
}

/** What a stretch of a prompt's tokens is. */
export type PromptPieceKind = 'control' | 'path' | 'chunk' | 'prefix' | 'suffix' | 'near-prefix' | 'current-line';

/** A stretch of a prompt's tokens; the pieces in order are the prompt. */
export interface PromptPiece {
  readonly kind: PromptPieceKind;
  readonly ids: readonly number[];
  /** The text that the ids are of, dropped tokens included; empty for a control token. */
  readonly text: string;
}

/** The end of the prompt, which may be healed, and whether it had to be cut. */
export interface FittedLine {
  readonly tail: readonly number[];
  /** With the line break before it, if that belongs to it. */
  readonly tailText: string;
  readonly lineBreak: FittedPrompt['lineBreak'];
}

/** True when two prompts differ in nothing but the current line. */
export function hasSameContext(left: PromptParts, right: PromptParts): boolean {
  return (
    left.prefix === right.prefix &&
    left.suffix === right.suffix &&
    left.path === right.path &&
    left.prefixStartLine === right.prefixStartLine &&
    left.chunks.length === right.chunks.length &&
    left.chunks.every(
      (chunk, index) => chunk.path === right.chunks[index]!.path && chunk.text === right.chunks[index]!.text,
    )
  );
}
