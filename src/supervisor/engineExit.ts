import { GlassboxError } from '../core/errors.js';
import { engineExitCodes } from '../protocol/engineProcess.js';
import type { EngineExit } from './engineChild.js';

/** Reasons of the operating system that no later attempt changes. */
const permanentStartErrors = ['ENOENT', 'EACCES', 'EPERM', 'ENOEXEC', 'ENOTDIR'];

/** Says what an unintended end means: `engine-unavailable` when starting again cannot help, else `engine-crashed`. */
export function explainExit({ exitCode, signal, startError }: EngineExit): GlassboxError {
  if (startError !== undefined) {
    const isPermanent = permanentStartErrors.includes(startError.code ?? '');
    return new GlassboxError(
      isPermanent ? 'engine-unavailable' : 'engine-crashed',
      `The engine's process could not be started: ${startError.message}`,
      { action: 'Check that the program named there exists and may be run.', cause: startError },
    );
  }
  if (exitCode === engineExitCodes.telemetryNotDisabled || exitCode === engineExitCodes.usage) {
    return new GlassboxError('engine-unavailable', `The engine refused to run (exit code ${exitCode}).`, {
      action: 'The log holds its reason.',
    });
  }
  const how = signal ?? `exit code ${exitCode ?? 'unknown'}`;
  return new GlassboxError('engine-crashed', `The engine stopped unexpectedly (${how}).`, {
    action: 'It starts again by itself.',
  });
}
