/** A piece of another file given to the model as context. */
export interface ContextChunk {
  /** Workspace-relative path with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/**
 * What the model is to see, as text, cut at the cursor. The engine turns it into tokens, stable part first, so that a
 * keystroke only appends tokens and the KV cache of everything before stays valid:
 * `[path][chunks][prefix][suffix][middle token][currentLine]`.
 * All strings are well-formed UTF-16 with `\n` as the only line end.
 */
export interface PromptParts {
  /** Workspace-relative path with forward slashes; empty when the document has none. */
  readonly path: string;
  /** VS Code language id. */
  readonly languageId: string;
  /** Retrieved context in append-only order. */
  readonly chunks: readonly ContextChunk[];
  /** Text before the current line, starting at a line start; empty or ending with `\n`. */
  readonly prefix: string;
  /** Line number (0-based) in the document at which `prefix` starts; the engine cuts at multiples of it, so the cut stays put. */
  readonly prefixStartLine: number;
  /** Text of the current line up to the cursor. */
  readonly currentLine: string;
  /** Text the completion must fit in front of: begins with `\n` when the cursor is at the end of its line; may be empty. */
  readonly suffix: string;
}
