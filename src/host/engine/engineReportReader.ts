import { GlassboxError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import type { EngineState } from '../../protocol/engineContract.js';
import type { Supervisor } from '../../supervisor/supervisor.js';
import type { CompletionRequests } from '../completion/completionRequests.js';
import type { ModelCatalog } from '../models/modelCatalog.js';
import type { Translate } from '../translate.js';
import { engineReport } from './engineReport.js';

/** What the engine view is read from. */
export interface EngineReportSources {
  readonly supervisor: Supervisor;
  readonly catalog: ModelCatalog;
  readonly requests: CompletionRequests;
  readonly log: Log;
  readonly t: Translate;
}

const answerTimeoutMs = 2000;

/** The engine view as of now. An engine that does not run is not started for it. */
export async function readEngineReport({
  supervisor,
  catalog,
  requests,
  log,
  t,
}: EngineReportSources): Promise<string> {
  const state = supervisor.status.kind === 'ready' ? await askState(supervisor, log) : undefined;
  const { active } = catalog.choice ?? {};
  return engineReport({ condition: supervisor.status.kind, state, active, latest: requests.latest }, t);
}

async function askState(supervisor: Supervisor, log: Log): Promise<EngineState | undefined> {
  try {
    return await supervisor.call('engine/state', {}, { signal: AbortSignal.timeout(answerTimeoutMs) });
  } catch (error) {
    log.warn(`The engine did not tell its state: ${GlassboxError.from(error).message}`);
    return undefined;
  }
}
