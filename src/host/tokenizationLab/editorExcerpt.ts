import { basename } from 'node:path/posix';
import type { EditorExcerpt, EditorPart } from '../../protocol/panels/tokenizationLabContract.js';
import { tokenizationLabLimits } from '../../protocol/panels/tokenizationLabParams.js';
import type { EditorView } from '../panels/editorFocus.js';

/** The part of the editor's document that the lab asked for, with the line ends that the document has. */
export function readExcerpt(view: EditorView | undefined, part: EditorPart | 'nothing'): EditorExcerpt | undefined {
  if (view === undefined || part === 'nothing') return undefined;
  const { document, selection } = view;
  if (part === 'selection' && selection.isEmpty) return undefined;
  const text = part === 'file' ? document.getText() : document.getText(selection);
  const limit = tokenizationLabLimits.textLength;
  return {
    fileName: basename(document.uri.path),
    firstLine: part === 'file' ? 1 : selection.start.line + 1,
    text: text.slice(0, limit),
    isCut: text.length > limit,
  };
}
