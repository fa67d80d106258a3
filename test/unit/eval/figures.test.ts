import { describe, expect, it } from 'vitest';
import { checkBars, heldOutBars } from '../../eval/figures/bars.js';
import { bitsFigures } from '../../eval/figures/bitsFigures.js';
import { fewShotFigures } from '../../eval/figures/fewShotFigures.js';
import { formatFigure, type Figure } from '../../eval/figures/figure.js';
import {
  blockFigures,
  endingFigures,
  nothingFigures,
  ratioFigures,
  singleLineFigures,
  type RowAnswers,
} from '../../eval/figures/infillFigures.js';
import { formatMarkdown, formatReport } from '../../eval/figures/report.js';
import type { InfillAnswer } from '../../eval/measure/infill.js';
import { answerOf, type EvalTask, type TaskKind } from '../../eval/tasks/evalTask.js';
import { fewShotTasks } from '../../eval/tasks/fewShot.js';

/** A file with one answer. */
function task(kind: TaskKind, name: string, answer: string, before = ''): EvalTask {
  const source = { origin: 'o/n', path: `${name}.ts`, languageId: 'typescript', text: `${before}${answer}\n` };
  return { id: `${name}#${kind}`, kind, source, start: before.length, end: before.length + answer.length };
}

function answer(shown: string, more: Partial<InfillAnswer> = {}): InfillAnswer {
  return { shown, written: shown, stopReason: 'end-of-text', ...more };
}

function rows(model: readonly InfillAnswer[], other: readonly InfillAnswer[]): readonly RowAnswers[] {
  return [
    { row: 'model', isModel: true, answers: model },
    { row: 'other', isModel: false, answers: other },
  ];
}

function find(figures: readonly Figure[], wanted: Partial<Figure>): Figure {
  const found = figures.filter((figure) =>
    Object.entries(wanted).every(([key, value]) => figure[key as keyof Figure] === value),
  );
  expect(found).toHaveLength(1);
  return found[0]!;
}

const lines = [
  task('line', 'one', 'count();'),
  task('line', 'two', '});'),
  task('boundary', 'three', 'total;'),
  task('mid-word', 'three', 'tal;', 'to'),
];
const answered = rows(
  [
    answer('count();  '),
    answer('x', { stopReason: 'line-end' }),
    answer('sum;', { stopReason: 'max-tokens' }),
    answer('tal;'),
  ],
  [answer('count();'), answer('});'), answer(''), answer('')],
);

describe('figures of single lines', () => {
  it('count exact matches but for blanks at the end', () => {
    const figures = singleLineFigures(lines, answered);
    const all = { group: 'all three, all', metric: 'exact match' };

    expect(find(figures, { ...all, row: 'model' })).toMatchObject({ value: 0.5, count: 4 });
    expect(find(figures, { group: 'whole line, non-trivial', metric: 'exact match', row: 'model' })).toMatchObject({
      value: 1,
      count: 1,
    });
  });

  it('compare the model to the others on non-trivial tasks', () => {
    expect(find(ratioFigures(lines, answered), { metric: 'of other' })).toMatchObject({ value: 2, count: 3 });
  });

  it('say how a model ends, and what a cursor inside a word costs', () => {
    const figures = endingFigures(lines, answered);

    expect(find(figures, { metric: 'by its end token' }).value).toBe(0.5);
    expect(find(figures, { metric: 'by a line break' }).value).toBe(0.25);
    expect(find(figures, { metric: 'cut off' }).value).toBe(0.25);
    expect(find(figures, { metric: 'inside minus before' }).value).toBe(1);
  });
});

describe('figures of blocks and of places where nothing is missing', () => {
  it('count whole blocks and first lines', () => {
    const blocks = [task('block', 'one', 'a();\n  b();'), task('block', 'two', 'c();\n  d();')];
    const figures = blockFigures(
      blocks,
      rows([answer('a();\n  b();'), answer('c();\n  e();')], [answer(''), answer('')]),
    );
    const model = { group: 'body of a block, all', row: 'model' };

    expect(find(figures, { ...model, metric: 'exact match' }).value).toBe(0.5);
    expect(find(figures, { ...model, metric: 'first line' }).value).toBe(1);
  });

  it('count silence', () => {
    const places = [task('nothing', 'one', ''), task('nothing', 'two', '')];
    const figures = nothingFigures(places, rows([answer(''), answer('x')], [answer(''), answer('')]));

    expect(find(figures, { row: 'model' }).value).toBe(0.5);
    expect(find(figures, { row: 'other' })).toMatchObject({ value: 1, high: 1 });
  });
});

describe('bits per byte', () => {
  it('weigh files by their bytes', () => {
    const tasks = ['a', 'b', 'c', 'd', 'e'].map((name) => task('bits', name, 'x'));
    const figures = bitsFigures('model', tasks, [
      { bits: 900, byteCount: 900 },
      ...Array.from({ length: 4 }, () => ({ bits: 50, byteCount: 25 })),
    ]);

    expect(find(figures, { group: 'all languages' }).value).toBeCloseTo(1.1, 12);
    expect(find(figures, { group: 'typescript' }).count).toBe(5);
  });
});

describe('few-shot figures', () => {
  it('have a column for each number of examples', () => {
    const tasks = fewShotTasks();
    const figures = fewShotFigures(
      'model',
      tasks,
      tasks.map(({ task: asked, exampleCount }) => answer(exampleCount >= 4 ? answerOf(asked) : '?')),
    );

    expect(figures.map(({ metric, value }) => [metric, value])).toEqual([
      ['0', 0],
      ['1', 0],
      ['2', 0],
      ['4', 1],
      ['8', 1],
    ]);
  });
});

describe('the report', () => {
  const figures = endingFigures(lines, answered);
  const environment = { glassbox: '0.1.0', model: 'm 1.0.0', cpu: 'a CPU', node: '20', onnxRuntime: '1', tasks: 'abc' };
  const bars = checkBars(heldOutBars, figures, 'model');

  it('writes a figure with its interval', () => {
    const place = { section: '', group: '', count: 1, row: '', metric: '' };

    expect(formatFigure({ ...place, unit: 'share', value: 0.4123, low: 0.3, high: 0.5 })).toBe('41.2 (30.0 to 50.0)');
    expect(formatFigure({ ...place, unit: 'ms', value: 12.6 })).toBe('13');
    expect(formatFigure({ ...place, unit: 'times', value: Number.NaN, low: 0, high: 1 })).toBe('-');
  });

  it('has a table for each group, with a column for each metric', () => {
    const text = formatReport({ environment, figures, bars });

    expect(text).toMatch(
      /how single lines end: all three kinds\n +n +by its end token, % +by a line break, % +cut off, %\n/,
    );
    expect(text).toMatch(/model +4 +50\.0 \(/);
  });

  it('says which bars hold', () => {
    const text = formatReport({ environment, figures, bars });

    expect(text).toContain('✘ single lines end by themselves: at least 90 %: 50.0');
    expect(text).toContain('✔ a cursor inside a word costs at most 3 points: 100.0');
  });

  it('is Markdown when a page is wanted', () => {
    expect(formatMarkdown({ environment, figures, bars })).toMatch(/\| --- \| --: \| --: \|/);
  });
});
