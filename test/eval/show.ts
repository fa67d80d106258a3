import type { AnswerStore } from './measure/answerStore.js';
import type { InfillAnswer } from './measure/infill.js';
import { answerKey, type Row } from './measure/runEval.js';
import { createRandom } from '../../src/core/sampling/random.js';
import { answerOf, singleLineKinds, type EvalTask, type TaskKind } from './tasks/evalTask.js';
import { isExactMatch } from './figures/infillFigures.js';

const linesBefore = 4;
const linesAfter = 2;
const seed = 23;

/** Completions of random tasks, good or bad, with a few lines around the cursor. */
export function showCompletions(row: Row, tasks: readonly EvalTask[], store: AnswerStore, count: number): string {
  const kinds: readonly TaskKind[] = [...singleLineKinds, 'block'];
  const random = createRandom(seed);
  const drawn = tasks
    .filter(({ kind }) => kinds.includes(kind))
    .map((task) => ({ task, order: random() }))
    .sort((left, right) => left.order - right.order)
    .slice(0, count);
  return drawn.map(({ task }) => show(task, store.get(answerKey(row, task)) as InfillAnswer)).join('\n');
}

function show(task: EvalTask, { shown, stopReason, skipReason }: InfillAnswer): string {
  const { source, start, end, kind } = task;
  const before = source.text
    .slice(0, start)
    .split('\n')
    .slice(-linesBefore - 1)
    .join('\n');
  const after = source.text
    .slice(end)
    .split('\n')
    .slice(0, linesAfter + 1)
    .join('\n');
  const verdict = isExactMatch(shown, answerOf(task)) ? 'exact' : 'different';
  return [
    `=== ${source.origin} ${source.path} (${kind})`,
    `${before}‸${after}`,
    `--- wanted  ${JSON.stringify(answerOf(task))}`,
    `--- offered ${JSON.stringify(shown)} (${verdict}, ${skipReason ?? stopReason ?? 'nothing asked'})`,
    '',
  ].join('\n');
}
