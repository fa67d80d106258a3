import { CompletionPipeline, type CompletionPipelineDeps } from '../../src/core/completion/completionPipeline.js';
import type { CompletionOutcome } from '../../src/core/completion/completionOutcome.js';
import type { OutcomeRecord } from '../../src/core/completion/outcomeHistory.js';
import { accept, openSettings, queryAt, type QueryChanges } from './documentText.js';
import { ManualClock } from './manualClock.js';
import { ScriptedEngine } from './scriptedEngine.js';
import { silentLog } from './silentLog.js';

/** A pipeline between a scripted engine and a clock that stands still. */
export interface PipelineFixture {
  readonly engine: ScriptedEngine;
  readonly clock: ManualClock;
  readonly pipeline: CompletionPipeline;
  /** Every outcome, as the listener was told. */
  readonly records: OutcomeRecord[];
  /** Asks at `‸` and lets the delay pass. The outcome comes when the engine has answered. */
  readonly ask: (marked: string, changes?: QueryChanges) => Promise<CompletionOutcome>;
  /** Asks at `‸` and says what came of it, see {@link describeOutcome}. */
  readonly see: (marked: string, changes?: QueryChanges) => Promise<string>;
}

/** @param respond what the engine answers at once; without it, a test writes the answers through `engine.calls`. */
export function createPipeline(
  respond?: ConstructorParameters<typeof ScriptedEngine>[0],
  changes: Partial<CompletionPipelineDeps> = {},
): PipelineFixture {
  const engine = new ScriptedEngine(respond);
  const clock = new ManualClock();
  const records: OutcomeRecord[] = [];
  const pipeline = new CompletionPipeline({
    engine,
    clock,
    log: silentLog,
    settings: () => openSettings,
    model: () => ({ id: 'code', hash: 'abc', contextLength: 1_024 }),
    onOutcome: (record) => records.push(record),
    ...changes,
  });
  const ask = async (marked: string, changesHere: QueryChanges = {}): Promise<CompletionOutcome> => {
    const outcome = pipeline.provide(queryAt(marked, changesHere), new AbortController().signal);
    await clock.advance(1_000);
    return outcome;
  };
  const see = async (marked: string, changesHere: QueryChanges = {}): Promise<string> =>
    describeOutcome(await ask(marked, changesHere), marked);
  return { engine, clock, pipeline, records, ask, see };
}

/** `source: document after accepting the first candidate`, or the reason why there is none. */
export function describeOutcome(outcome: CompletionOutcome, marked: string): string {
  if (outcome.kind === 'skipped') return `skipped: ${outcome.reason}`;
  if (outcome.kind === 'failed') return `failed: ${outcome.error.code}`;
  if (outcome.kind === 'cancelled') return 'cancelled';
  const [first] = outcome.candidates;
  if (first === undefined) throw new Error('shown without a candidate');
  return `${outcome.source}: ${accept(queryAt(marked).document, first)}`;
}
