import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CliServices } from '../cliServices.js';
import { exitCodes, type ExitCode } from '../exitCodes.js';
import { parseFileTarget } from '../fileTarget.js';
import { readInputText, standardInput } from '../inputText.js';
import { languageOfPath } from '../languageOfPath.js';
import { selectModel, type ModelOptions } from '../modelSelection.js';
import { reportLine } from '../terminal.js';
import { assertInside, createTextDocument } from '../textDocument.js';
import { reportCompletion } from './completionReport.js';
import { CompletionSession } from './completionSession.js';
import { skipSentences } from './skipSentences.js';

/** Options of `complete FILE:LINE:COL`. */
export interface CompleteFileOptions extends ModelOptions {
  readonly json?: true;
  /** Take the content from standard input; the file only names it. */
  readonly stdin?: true;
  /** VS Code language id; by the file's extension when undefined. */
  readonly language?: string;
  readonly maxNewTokens?: number;
  readonly singleLine?: true;
}

/**
 * Completes a file at a place and prints the text.
 *
 * @throws GlassboxError for unusable input and for model and engine errors.
 */
export async function completeFile(
  target: string,
  options: CompleteFileOptions,
  services: CliServices,
): Promise<ExitCode> {
  const { terminal } = services;
  const { path: file, position } = parseFileTarget(target);
  const text = await readInputText(options.stdin === true ? standardInput : file, terminal.input);
  const document = createTextDocument({
    uri: pathToFileURL(file).href,
    path: relativePath(file),
    languageId: options.language ?? languageOfPath(file),
    text,
  });
  assertInside(document, position);
  const model = await selectModel(options, services);
  const session = new CompletionSession(model, services);
  const { maxNewTokens, singleLine } = options;
  const outcome = await session
    .complete(document, position, { maxNewTokens, singleLine })
    .finally(() => session.dispose());
  if (outcome.kind === 'failed') throw outcome.error;
  if (outcome.kind === 'cancelled') return exitCodes.interrupted;
  const report = reportCompletion(outcome, { document, position, model });
  if (options.json === true) await terminal.write(`${JSON.stringify(report)}\n`);
  else if (outcome.kind === 'shown') await terminal.write(`${report.text}\n`);
  if (outcome.kind === 'shown') return exitCodes.ok;
  reportLine(terminal, `nothing to offer: ${skipSentences[outcome.reason]} (${outcome.reason})`);
  return exitCodes.nothingOffered;
}

/** Path below the working folder; outside of it only the name, since the rest says who the user is. */
function relativePath(file: string): string {
  const relative = path.relative(process.cwd(), path.resolve(file));
  const isOutside = relative.startsWith('..') || path.isAbsolute(relative);
  return (isOutside ? path.basename(file) : relative).replaceAll(path.sep, '/');
}
