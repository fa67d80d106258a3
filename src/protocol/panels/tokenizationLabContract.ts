/** Which part of the editor's document the lab shows. */
export type EditorPart = 'selection' | 'file';

/** A part of the document in the editor, as of now. */
export interface EditorExcerpt {
  /** Name of the file, without its folders. */
  readonly fileName: string;
  readonly text: string;
  /** True when `text` is only the beginning, because the whole is longer than the lab takes. */
  readonly isCut: boolean;
}

/** What the lab is to show when it follows the editor. */
export interface EditorSnapshot {
  /** Undefined when no editor is open, and for a selection when nothing is selected. */
  readonly excerpt: EditorExcerpt | undefined;
}

/** Tokens of a text: entry `i` of each column belongs to token `i`. */
export interface LabTokens {
  readonly ids: Uint32Array;
  /** UTF-16 offset after each token; tokens tile the text. */
  readonly ends: Uint32Array;
}

/** What the page of the tokenization lab asks the host. */
export interface TokenizationLabContract {
  /** Stays open; reports what the editor holds now, and again after each change. */
  'lab/follow': { params: { part: EditorPart }; result: never; progress: EditorSnapshot };
  /** Tokens of a text by the tokenizer of the model that completes. */
  'lab/encode': { params: { text: string }; result: LabTokens; progress: never };
}
