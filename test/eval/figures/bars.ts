import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Figure } from './figure.js';

/** What a bundled model has to reach on held-out repositories. */
export interface Bar {
  readonly name: string;
  readonly section: string;
  readonly group: string;
  readonly metric: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** A bar and the figure that it is held against. */
export interface CheckedBar {
  readonly bar: Bar;
  readonly figure: Figure;
  readonly holds: boolean;
}

/** Bits per byte for a model that a CPU trained; one that a GPU trained is asked for 0.62. */
export const heldOutBars: readonly Bar[] = [
  {
    name: 'single lines end by themselves: at least 90 %',
    section: 'how single lines end',
    group: 'all three kinds',
    metric: 'by its end token',
    atLeast: 0.9,
  },
  {
    name: 'a cursor inside a word costs at most 3 points',
    section: 'cursor inside a word',
    group: 'same lines, exact match',
    metric: 'inside minus before',
    atLeast: -0.03,
  },
  {
    name: 'exact match at least 1.5 times that of the n-gram with the same context',
    section: 'exact match as a multiple',
    group: 'single-line infill, non-trivial',
    metric: 'of n-gram of the file',
    atLeast: 1.5,
  },
  {
    name: 'exact match at least 1.5 times that of the n-gram that reads the whole repository',
    section: 'exact match as a multiple',
    group: 'single-line infill, non-trivial',
    metric: 'of n-gram of file > folder > repository',
    atLeast: 1.5,
  },
  {
    name: 'bits per byte at most 0.95',
    section: 'bits per byte',
    group: 'all languages',
    metric: 'bits per byte',
    atMost: 0.95,
  },
];

/** The same for the model alone, without what it remembers. */
export const modelAloneBars: readonly Bar[] = [
  {
    name: 'bits per byte of the model alone at most 0.95',
    section: 'bits per byte',
    group: 'all languages',
    metric: 'bits per byte',
    atMost: 0.95,
  },
];

/** What a bundled encoder has to reach on held-out repositories. */
export const encoderBars: readonly Bar[] = [
  {
    name: "mean reciprocal rank at least 1.3 times BM25's",
    section: 'description to function',
    group: 'among 1000',
    metric: 'times BM25',
    atLeast: 1.3,
  },
];

/**
 * What the bundled model must not fall below on the quick tasks: the far ends of the intervals measured when it was
 * bundled, so that another processor's rounding never crosses them.
 *
 * @param root the repository of this program.
 */
export function quickBounds(root: string): readonly Bar[] {
  return JSON.parse(readFileSync(path.join(root, 'test/eval/tasks/quickBounds.json'), 'utf8')) as readonly Bar[];
}

/** Holds one row against the bars; bars of what was not measured are left out. */
export function checkBars(bars: readonly Bar[], figures: readonly Figure[], row: string): readonly CheckedBar[] {
  return bars.flatMap((bar) => {
    const figure = figures.find(
      ({ section, group, metric, row: owner }) =>
        section === bar.section && group === bar.group && metric === bar.metric && owner === row,
    );
    if (figure === undefined) return [];
    const { value } = figure;
    const holds =
      value >= (bar.atLeast ?? Number.NEGATIVE_INFINITY) && value <= (bar.atMost ?? Number.POSITIVE_INFINITY);
    return [{ bar, figure, holds }];
  });
}
