import type { Estimate } from './intervals.js';

/** How a figure is written. Shares are stored from 0 to 1. */
export type FigureUnit = 'share' | 'points' | 'bit/byte' | 'ms' | 's' | 'times' | 'a second';

/** One number of the report: a cell of the table `group` of `section`. */
export interface Figure {
  readonly section: string;
  readonly group: string;
  /** Tasks or files that it is made from. */
  readonly count: number;
  readonly row: string;
  readonly metric: string;
  readonly unit: FigureUnit;
  readonly value: number;
  /** Ends of the 95 % interval; absent where there is none. */
  readonly low?: number;
  readonly high?: number;
}

/** A row of {@link figuresOf}'s table: a metric with its estimate. */
export type Metric = readonly [metric: string, unit: FigureUnit, estimate: Estimate | number];

/** The figures of one row of one table. */
export function figuresOf(
  place: Pick<Figure, 'section' | 'group' | 'count' | 'row'>,
  metrics: readonly Metric[],
): readonly Figure[] {
  return metrics.map(([metric, unit, estimate]) => ({
    ...place,
    metric,
    unit,
    ...(typeof estimate === 'number' ? { value: estimate } : estimate),
  }));
}

/** The number with its interval: `41.2 (37.5 to 45.0)`. */
export function formatFigure({ unit, value, low, high }: Figure): string {
  if (Number.isNaN(value)) return '-';
  if (value === Number.POSITIVE_INFINITY) return '∞';
  const number = (raw: number): string => formatNumber(raw, unit);
  return low === undefined || high === undefined
    ? number(value)
    : `${number(value)} (${number(low)} to ${number(high)})`;
}

/** How the unit is named behind a column's title. */
export const unitNames: Readonly<Record<FigureUnit, string>> = {
  share: '%',
  points: 'points',
  'bit/byte': 'bit/byte',
  ms: 'ms',
  s: 's',
  times: 'x',
  'a second': '1/s',
};

function formatNumber(value: number, unit: FigureUnit): string {
  switch (unit) {
    case 'share':
    case 'points':
      return (value * 100).toFixed(1);
    case 'bit/byte':
      return value.toFixed(3);
    case 'ms':
    case 'a second':
      return value.toFixed(0);
    case 's':
    case 'times':
      return value.toFixed(2);
  }
}
