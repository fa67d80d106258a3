import type { CompletionOutcome } from '../../core/completion/completionOutcome.js';
import type { CliServices } from '../cliServices.js';
import { selectModel, type ModelOptions } from '../modelSelection.js';
import type { CompletionPlace } from './completionReport.js';
import { CompletionSession } from './completionSession.js';
import { memoryScope, rememberFolder, type MemoryOptions } from './rememberFolder.js';
import { readTarget, type TargetOptions } from './targetDocument.js';

/** Options of the commands that complete at one place. */
export interface PlaceOptions extends ModelOptions, TargetOptions, MemoryOptions {
  readonly maxNewTokens?: number;
  readonly singleLine?: true;
}

/** A place, and what the editor would offer there. */
export interface CompletedTarget extends CompletionPlace {
  readonly outcome: Exclude<CompletionOutcome, { kind: 'failed' }>;
}

/**
 * Completes the document that `FILE:LINE:COL` names at that place, as the editor would.
 *
 * @throws GlassboxError for unusable input and for model and engine errors.
 */
export async function completeTarget(
  target: string,
  options: PlaceOptions,
  services: CliServices,
): Promise<CompletedTarget> {
  const { document, position } = await readTarget(target, options, services, options.remember);
  const model = await selectModel(options, services);
  await rememberFolder(options, model, services);
  const session = new CompletionSession(model, services, memoryScope(options));
  const { maxNewTokens, singleLine } = options;
  const outcome = await session
    .complete(document, position, { maxNewTokens, singleLine })
    .finally(() => session.dispose());
  if (outcome.kind === 'failed') throw outcome.error;
  return { document, position, model, outcome };
}
