import type { InfillAnswer } from '../measure/infill.js';
import { answerOf, isNonTrivial, singleLineKinds, type EvalTask, type TaskKind } from '../tasks/evalTask.js';
import { editSimilarity } from './editSimilarity.js';
import { figuresOf, type Figure } from './figure.js';
import { bootstrap, clustersBy, mean, share, type Estimate } from './intervals.js';

/** What a row answered to each task, in the order of the tasks. */
export interface RowAnswers {
  readonly row: string;
  /** True for a model: it can end by itself, and is compared to the other rows. */
  readonly isModel: boolean;
  readonly answers: readonly InfillAnswer[];
}

/** One task with one answer to it. */
interface Graded {
  readonly task: EvalTask;
  readonly answer: InfillAnswer;
  readonly isExact: boolean;
  readonly isNonTrivial: boolean;
}

const kindTitles: Readonly<Record<(typeof singleLineKinds)[number], string>> = {
  line: 'whole line',
  boundary: 'rest of line, cursor before a word',
  'mid-word': 'rest of line, cursor inside a word',
};

const triviality = [
  ['all', () => true],
  ['non-trivial', ({ isNonTrivial: found }: Graded) => found],
] as const satisfies readonly (readonly [string, (graded: Graded) => boolean])[];

/** Exact match and edit similarity of single lines, by kind and together. */
export function singleLineFigures(tasks: readonly EvalTask[], rows: readonly RowAnswers[]): readonly Figure[] {
  const groups = [
    ...singleLineKinds.map((kind) => [kindTitles[kind], [kind]] as const),
    ['all three', singleLineKinds] as const,
  ];
  return groups.flatMap(([title, kinds]) =>
    gradedFigures({ section: 'single-line infill', title }, tasks, rows, kinds),
  );
}

/** Exact match and edit similarity of the lines of a benchmark of others. */
export function benchmarkFigures(
  name: string,
  tasks: readonly EvalTask[],
  rows: readonly RowAnswers[],
): readonly Figure[] {
  return gradedFigures({ section: name, title: 'single line' }, tasks, rows, ['line']);
}

/** Exact match of whole blocks and of their first lines, and edit similarity. */
export function blockFigures(tasks: readonly EvalTask[], rows: readonly RowAnswers[]): readonly Figure[] {
  return gradedFigures({ section: 'block infill', title: 'body of a block' }, tasks, rows, ['block']);
}

/** How often nothing is offered where nothing is missing. */
export function nothingFigures(tasks: readonly EvalTask[], rows: readonly RowAnswers[]): readonly Figure[] {
  return rows.flatMap(({ row, answers }) => {
    const chosen = grade(tasks, answers).filter(({ task }) => task.kind === 'nothing');
    const place = {
      section: 'nothing to offer',
      group: 'end of a finished line, or blank line',
      row,
      count: chosen.length,
    };
    return figuresOf(place, [['nothing offered', 'share', shareOf(chosen, ({ answer }) => answer.shown === '')]]);
  });
}

/** How the models' single lines end, and what the cursor inside a word costs. */
export function endingFigures(tasks: readonly EvalTask[], rows: readonly RowAnswers[]): readonly Figure[] {
  return rows
    .filter(({ isModel }) => isModel)
    .flatMap(({ row, answers }) => {
      const graded = grade(tasks, answers).filter(({ task }) => isSingleLine(task.kind));
      const ends = (...reasons: readonly string[]): Estimate =>
        shareOf(graded, ({ answer }) => reasons.includes(answer.stopReason ?? ''));
      const place = { section: 'how single lines end', group: 'all three kinds', row, count: graded.length };
      const pairs = { section: 'cursor inside a word', group: 'same lines, exact match', row, count: graded.length };
      return [
        ...figuresOf(place, [
          ['by its end token', 'share', ends('end-of-text')],
          ['by a line break', 'share', ends('line-end')],
          ['cut off', 'share', ends('max-tokens', 'deadline', 'context-full')],
        ]),
        ...figuresOf(pairs, [['inside minus before', 'points', bootstrap(byFile(graded), insideMinusBefore)]]),
      ];
    });
}

/** Exact match of each model on non-trivial single lines, as a multiple of each other row's. */
export function ratioFigures(tasks: readonly EvalTask[], rows: readonly RowAnswers[]): readonly Figure[] {
  const others = rows.filter(({ isModel }) => !isModel);
  return rows
    .filter(({ isModel }) => isModel)
    .flatMap(({ row, answers }) => {
      const own = nonTrivialLines(tasks, answers);
      const place = {
        section: 'exact match as a multiple',
        group: 'single-line infill, non-trivial',
        row,
        count: own.length,
      };
      return figuresOf(
        place,
        others.map((other) => {
          const graded = nonTrivialLines(tasks, other.answers);
          const pairs = own.map((one, index) => ({ task: one.task, own: one, other: graded[index]! }));
          return [`of ${other.row}`, 'times', bootstrap(byFile(pairs), multiple)] as const;
        }),
      );
    });
}

/** True when the two texts are the same but for blanks at their ends. */
export function isExactMatch(shown: string, wanted: string): boolean {
  return shown.trimEnd() === wanted.trimEnd();
}

function gradedFigures(
  { section, title }: { readonly section: string; readonly title: string },
  tasks: readonly EvalTask[],
  rows: readonly RowAnswers[],
  kinds: readonly TaskKind[],
): readonly Figure[] {
  const hasLines = kinds.includes('block');
  return triviality.flatMap(([name, belongs]) =>
    rows.flatMap(({ row, answers }) => {
      const chosen = grade(tasks, answers).filter((graded) => kinds.includes(graded.task.kind) && belongs(graded));
      const similarities = chosen.map(({ task, answer }) => ({
        task,
        similarity: editSimilarity(answer.shown.trimEnd(), answerOf(task).trimEnd()),
      }));
      return figuresOf({ section, group: `${title}, ${name}`, row, count: chosen.length }, [
        ['exact match', 'share', shareOf(chosen, ({ isExact }) => isExact)],
        ...(hasLines ? ([['first line', 'share', shareOf(chosen, hasFirstLine)]] as const) : []),
        [
          'edit similarity',
          'share',
          bootstrap(byFile(similarities), (values) => mean(values.map(({ similarity }) => similarity))),
        ],
      ]);
    }),
  );
}

function grade(tasks: readonly EvalTask[], answers: readonly InfillAnswer[]): readonly Graded[] {
  return tasks.map((task, index) => {
    const answer = answers[index]!;
    return { task, answer, isExact: isExactMatch(answer.shown, answerOf(task)), isNonTrivial: isNonTrivial(task) };
  });
}

function nonTrivialLines(tasks: readonly EvalTask[], answers: readonly InfillAnswer[]): readonly Graded[] {
  return grade(tasks, answers).filter((graded) => isSingleLine(graded.task.kind) && graded.isNonTrivial);
}

function hasFirstLine({ task, answer }: Graded): boolean {
  return isExactMatch(answer.shown.split('\n', 1)[0]!, answerOf(task).split('\n', 1)[0]!);
}

function insideMinusBefore(graded: readonly Graded[]): number {
  const exact = (kind: TaskKind): number =>
    mean(graded.filter(({ task }) => task.kind === kind).map(({ isExact }) => Number(isExact)));
  return exact('mid-word') - exact('boundary');
}

function multiple(pairs: readonly { readonly own: Graded; readonly other: Graded }[]): number {
  return mean(pairs.map(({ own }) => Number(own.isExact))) / mean(pairs.map(({ other }) => Number(other.isExact)));
}

function shareOf(graded: readonly Graded[], holds: (graded: Graded) => boolean): Estimate {
  return share(byFile(graded).map((cluster) => cluster.map(holds)));
}

function byFile<T extends { readonly task: EvalTask }>(values: readonly T[]): readonly (readonly T[])[] {
  return clustersBy(values, ({ task }) => `${task.source.origin}/${task.source.path}`);
}

function isSingleLine(kind: TaskKind): boolean {
  return (singleLineKinds as readonly TaskKind[]).includes(kind);
}
