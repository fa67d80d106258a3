import type { EngineClient } from '../../../src/protocol/engineContract.js';
import { clustersBy } from '../figures/intervals.js';
import type { Contestant } from '../contestants/contestant.js';
import type { EvalTask } from '../tasks/evalTask.js';
import type { AnswerStore } from './answerStore.js';
import { measureInfill } from './infill.js';
import { processorTimeMs } from './processorTime.js';
import { measureReplay } from './replay.js';

/** A row of the tables. */
export interface Row {
  readonly contestant: Contestant;
  /** Folder of the model; undefined for what is no model. */
  readonly folder: string | undefined;
}

/** What to measure. */
export interface EvalPlan {
  readonly rows: readonly Row[];
  readonly tasks: readonly EvalTask[];
  readonly store: AnswerStore;
  /** Told how far it is, after each task. */
  readonly onProgress: (label: string, done: number, total: number) => void;
}

/** The name under which the answer of a row to a task is stored. */
export function answerKey({ contestant }: Row, task: EvalTask): string {
  return `${contestant.id} ${task.id}`;
}

/** True for a row that can do a task. */
export function canAnswer(row: Row, task: EvalTask): boolean {
  return task.kind !== 'bits' || row.contestant.measureBits !== undefined;
}

/**
 * Asks every row for every task, one after the other, and stores the answers. Those that are stored already are not
 * asked again.
 *
 * @throws GlassboxError for model and engine errors, and `cancelled`.
 */
export async function runEval(plan: EvalPlan, engine: EngineClient, signal: AbortSignal): Promise<void> {
  for (const row of plan.rows) {
    // File after file: some rows prepare for a file, or for all files around it.
    const tasks = clustersBy(
      plan.tasks.filter((task) => canAnswer(row, task)),
      ({ source }) => source.origin,
    ).flatMap((ofOrigin) => clustersBy(ofOrigin, ({ source }) => source.path).flat());
    for (const [index, task] of tasks.entries()) {
      await plan.store.take(answerKey(row, task), () => answer(row, task, engine, signal));
      plan.onProgress(row.contestant.label, index + 1, tasks.length);
    }
  }
}

async function answer(row: Row, task: EvalTask, engine: EngineClient, signal: AbortSignal): Promise<unknown> {
  if (task.kind === 'bits') return row.contestant.measureBits?.(task, signal);
  if (task.kind !== 'replay') return measureInfill(row.contestant, task, signal);
  const pid = row.folder === undefined ? undefined : (await engine.call('engine/state', {}, { signal })).pid;
  return measureReplay(row.contestant, task, () => processorTimeMs(pid), signal);
}
