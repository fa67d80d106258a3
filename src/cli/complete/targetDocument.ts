import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DocumentSnapshot, TextPosition } from '../../core/completion/documentSnapshot.js';
import type { CliServices } from '../cliServices.js';
import { parseFileTarget } from '../fileTarget.js';
import { readInputText, standardInput } from '../inputText.js';
import { languageOfPath } from '../languageOfPath.js';
import { assertInside, createTextDocument } from '../textDocument.js';

/** Where the text of a target comes from, and what it is. */
export interface TargetOptions {
  /** Take the content from standard input; the file only names it. */
  readonly stdin?: true;
  /** VS Code language id; by the file's extension when undefined. */
  readonly language?: string;
}

/**
 * Reads the document that `FILE:LINE:COL` names.
 *
 * @param root folder that the document's path is relative to.
 * @throws GlassboxError `bad-request` or `file-unreadable` when there is no such place.
 */
export async function readTarget(
  target: string,
  options: TargetOptions,
  { terminal }: Pick<CliServices, 'terminal'>,
  root = '.',
): Promise<{ readonly document: DocumentSnapshot; readonly position: TextPosition }> {
  const { path: file, position } = parseFileTarget(target);
  const text = await readInputText(options.stdin === true ? standardInput : file, terminal.input);
  const document = createTextDocument({
    uri: pathToFileURL(file).href,
    path: relativePath(file, root),
    languageId: options.language ?? languageOfPath(file),
    text,
  });
  assertInside(document, position);
  return { document, position };
}

/** Path below a folder; outside of it only the name, since the rest says who the user is. */
function relativePath(file: string, root: string): string {
  const relative = path.relative(path.resolve(root), path.resolve(file));
  const isOutside = relative.startsWith('..') || path.isAbsolute(relative);
  return (isOutside ? path.basename(file) : relative).replaceAll(path.sep, '/');
}
