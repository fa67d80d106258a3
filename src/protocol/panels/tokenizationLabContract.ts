import type { TokenizerDescription, TokenizerSource } from '../../core/tokenizer/tokenizerSource.js';
import type { TokenizersContract } from '../tokenizersContract.js';

/** Which part of the editor's document the lab shows. */
export type EditorPart = 'selection' | 'file';

/** A part of the document in the editor, as of now. */
export interface EditorExcerpt {
  /** Name of the file, without its folders. */
  readonly fileName: string;
  /** Line of the document, from 1, that the text begins in. */
  readonly firstLine: number;
  readonly text: string;
  /** True when `text` is only the beginning, because the whole is longer than the lab takes. */
  readonly isCut: boolean;
}

/** What the lab is told of the editor. */
export interface EditorSnapshot {
  /** Undefined when no editor is open, when nothing is selected, and when no part was asked for. */
  readonly excerpt: EditorExcerpt | undefined;
  /** The last time that somebody opened the lab on something; a page shows each opening once. */
  readonly opening: { readonly id: string; readonly part: EditorPart } | undefined;
}

/** What the page of the tokenization lab asks the host. Errors are sentences for the user. */
export interface TokenizationLabContract extends Pick<
  TokenizersContract,
  'tokenizers/describe' | 'tokenizers/encode' | 'tokenizers/replay' | 'tokenizers/renderChat'
> {
  /** Stays open; reports what the editor holds now, and again after each change. */
  'lab/follow': { params: { readonly part: EditorPart | 'nothing' }; result: never; progress: EditorSnapshot };
  /** What to compare before the user chose anything. */
  'lab/defaultTokenizers': {
    params: Record<string, never>;
    result: readonly TokenizerSource[];
    progress: never;
  };
  /** Lets the user choose another tokenizer; null when the user chose none. */
  'lab/pickTokenizer': {
    params: { readonly shown: readonly TokenizerSource[] };
    result: TokenizerDescription | null;
    progress: never;
  };
  /** Puts a text on the clipboard. */
  'lab/copyText': { params: { readonly text: string }; result: null; progress: never };
}
