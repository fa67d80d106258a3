import type { CliServices } from '../cliServices.js';
import { exitCodes, type ExitCode } from '../exitCodes.js';
import { reportLine } from '../terminal.js';
import { completeTarget, type PlaceOptions } from './completeTarget.js';
import { reportCompletion } from './completionReport.js';
import { skipSentences } from './skipSentences.js';

/** Options of `complete FILE:LINE:COL`. */
export interface CompleteFileOptions extends PlaceOptions {
  readonly json?: true;
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
  const { outcome, ...place } = await completeTarget(target, options, services);
  if (outcome.kind === 'cancelled') return exitCodes.interrupted;
  const report = reportCompletion(outcome, place);
  if (options.json === true) await terminal.write(`${JSON.stringify(report)}\n`);
  else if (outcome.kind === 'shown') await terminal.write(`${report.text}\n`);
  if (outcome.kind === 'shown') return exitCodes.ok;
  reportLine(terminal, `nothing to offer: ${skipSentences[outcome.reason]} (${outcome.reason})`);
  return exitCodes.nothingOffered;
}
