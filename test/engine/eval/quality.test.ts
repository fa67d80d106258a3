import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';
import { forkedEngine } from '../../../src/supervisor/forkedEngine.js';
import { Supervisor } from '../../../src/supervisor/supervisor.js';
import { modelRow } from '../../eval/contestants/evalRows.js';
import { quickSuite, type EvalSuite } from '../../eval/evalSuite.js';
import { checkBars, quickBounds, type CheckedBar } from '../../eval/figures/bars.js';
import { buildFigures } from '../../eval/figures/buildFigures.js';
import { AnswerStore } from '../../eval/measure/answerStore.js';
import { answerKey, runEval, type Row } from '../../eval/measure/runEval.js';
import { builtEngine } from '../../support/engineProcess.js';
import { silentLog } from '../../support/silentLog.js';

const root = path.resolve(import.meta.dirname, '../../..');
const clock = systemClock(globalThis);
const { signal } = new AbortController();
const repeatedTasks = 12;

/** `npm run eval -- --quick` measures the same, with the other rows beside it and with intervals. */
describe('the bundled model on code it has never seen', () => {
  const suite: EvalSuite = quickSuite(root);
  const bounds = quickBounds(root);
  let supervisor: Supervisor;
  let row: Row;
  let store: AnswerStore;
  let checked: readonly CheckedBar[];

  beforeAll(async () => {
    supervisor = new Supervisor({
      launch: forkedEngine({ entry: builtEngine(), clock, log: silentLog }),
      clock,
      log: silentLog,
    });
    const model = await supervisor.call('models/load', { folder: path.join(root, 'models/code') });
    row = modelRow(supervisor, model, suite.readOrigin);
    store = new AnswerStore(undefined);
    await runEval({ rows: [row], tasks: suite.listed, store, onProgress: () => undefined }, supervisor, signal);
    checked = checkBars(bounds, buildFigures(suite, [row], store), row.contestant.label);
  }, 300_000);
  afterAll(() => supervisor.dispose());

  it('is measured by every stored bound', () => {
    expect(checked.map(({ bar }) => bar)).toEqual(bounds);
  });

  it.each(bounds)('is as good as it was: $name', (bound) => {
    const { figure, holds } = checked.find(({ bar }) => bar.name === bound.name)!;

    expect({ holds, figure }).toMatchObject({ holds: true });
  });

  it('gives the same answers again', async () => {
    const again = new AnswerStore(undefined);
    const tasks = suite.listed.filter(({ kind }) => kind !== 'bits').slice(0, repeatedTasks);
    await runEval(
      { rows: [row], tasks: tasks.toReversed(), store: again, onProgress: () => undefined },
      supervisor,
      signal,
    );

    expect(tasks.map((task) => again.get(answerKey(row, task)))).toEqual(
      tasks.map((task) => store.get(answerKey(row, task))),
    );
  });
});
