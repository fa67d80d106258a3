import type { PromptParts } from './promptParts.js';
import type { CursorWindow } from './window.js';

/** What of a document goes into a prompt besides the window. */
export interface PromptDocument {
  readonly path: string;
  readonly languageId: string;
  readonly window: CursorWindow;
}

/**
 * The parts of the prompt for a cursor. Retrieved context has its place in `chunks`, in append-only order.
 * @param suffix what to show the model after the cursor; may lag a little behind the document (see `StableSuffixes`)
 */
export function promptFromWindow({ path, languageId, window }: PromptDocument, suffix: string): PromptParts {
  const { prefix, prefixStartLine, currentLine } = window;
  return { path, languageId, chunks: [], prefix, prefixStartLine, currentLine, suffix };
}
