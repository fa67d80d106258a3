import type { EvalSuite } from '../evalSuite.js';
import type { AnswerStore } from '../measure/answerStore.js';
import type { BitsAnswer } from '../measure/bits.js';
import type { InfillAnswer } from '../measure/infill.js';
import type { ReplayAnswer } from '../measure/replay.js';
import { answerKey, canAnswer, type Row } from '../measure/runEval.js';
import { singleLineKinds, type EvalTask, type TaskKind } from '../tasks/evalTask.js';
import { bitsFigures } from './bitsFigures.js';
import { familyFigures, fewShotFigures } from './fewShotFigures.js';
import type { Figure } from './figure.js';
import {
  benchmarkFigures,
  blockFigures,
  endingFigures,
  nothingFigures,
  ratioFigures,
  singleLineFigures,
  type RowAnswers,
} from './infillFigures.js';
import { replayFigures } from './replayFigures.js';

/** Every figure that the stored answers give. All tasks must have been answered. */
export function buildFigures(suite: EvalSuite, rows: readonly Row[], store: AnswerStore): readonly Figure[] {
  const answers = (row: Row, tasks: readonly EvalTask[]): readonly unknown[] =>
    tasks.map((task) => store.get(answerKey(row, task)));
  const infills = (tasks: readonly EvalTask[]): readonly RowAnswers[] =>
    rows.map((row) => ({
      row: row.contestant.label,
      isModel: row.folder !== undefined,
      answers: answers(row, tasks) as readonly InfillAnswer[],
    }));
  const ofKinds = (...kinds: readonly TaskKind[]): readonly EvalTask[] =>
    suite.listed.filter(({ kind }) => kinds.includes(kind));
  const [lines, blocks, nothing] = [ofKinds(...singleLineKinds), ofKinds('block'), ofKinds('nothing')];
  const [bits, replay] = [ofKinds('bits'), ofKinds('replay')];
  const fewShot = suite.fewShot.map(({ task }) => task);
  const lineRows = infills(lines);
  const [first] = rows;
  return [
    ...(lines.length === 0
      ? []
      : [...singleLineFigures(lines, lineRows), ...ratioFigures(lines, lineRows), ...endingFigures(lines, lineRows)]),
    ...(blocks.length === 0 ? [] : blockFigures(blocks, infills(blocks))),
    ...(nothing.length === 0 ? [] : nothingFigures(nothing, infills(nothing))),
    ...(suite.humanEval.length === 0
      ? []
      : benchmarkFigures('HumanEval-Infilling', suite.humanEval, infills(suite.humanEval))),
    ...rows.flatMap((row) =>
      replay.length === 0 ? [] : replayFigures(row.contestant.label, answers(row, replay) as readonly ReplayAnswer[]),
    ),
    ...rows
      .filter((row) => bits.some((task) => canAnswer(row, task)))
      .flatMap((row) => bitsFigures(row.contestant.label, bits, answers(row, bits) as readonly BitsAnswer[])),
    ...rows.flatMap((row) =>
      fewShot.length === 0
        ? []
        : fewShotFigures(row.contestant.label, suite.fewShot, answers(row, fewShot) as readonly InfillAnswer[]),
    ),
    ...(first === undefined || fewShot.length === 0
      ? []
      : familyFigures(first.contestant.label, suite.fewShot, answers(first, fewShot) as readonly InfillAnswer[])),
  ];
}
