import type { CliServices } from '../cliServices.js';
import { exitCodes, type ExitCode } from '../exitCodes.js';
import { selectModel, type ModelOptions } from '../modelSelection.js';
import { reportLine } from '../terminal.js';
import { reportCompletion } from './completionReport.js';
import { CompletionSession } from './completionSession.js';
import { memoryScope, rememberFolder, type MemoryOptions } from './rememberFolder.js';
import { skipSentences } from './skipSentences.js';
import { readTarget, type TargetOptions } from './targetDocument.js';

/** Options of `complete FILE:LINE:COL`. */
export interface CompleteFileOptions extends ModelOptions, TargetOptions, MemoryOptions {
  readonly json?: true;
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
  const { document, position } = await readTarget(target, options, services, options.remember);
  const model = await selectModel(options, services);
  await rememberFolder(options, model, services);
  const session = new CompletionSession(model, services, memoryScope(options));
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
