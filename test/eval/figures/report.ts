import { formatTable } from '../../../src/cli/table.js';
import type { CheckedBar } from './bars.js';
import { formatFigure, unitNames, type Figure } from './figure.js';

/** What was measured, and with what. */
export interface EvalEnvironment {
  readonly glassbox: string;
  readonly model: string;
  readonly previous?: string;
  readonly cpu: string;
  readonly node: string;
  readonly onnxRuntime: string;
  /** SHA-256 of the task lists, cut. */
  readonly tasks: string;
}

/** Everything that `npm run eval -- --json` prints. */
export interface EvalReport {
  readonly environment: EvalEnvironment;
  readonly figures: readonly Figure[];
  /** Of the measured model. */
  readonly bars: readonly CheckedBar[];
}

/** One table: a row for each contestant, a column for each metric. */
interface FigureTable {
  readonly title: string;
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const note = '95 % intervals: bootstrap by file; Wilson where all or no answers are right, and for few-shot.';

/** The report as text for a terminal. */
export function formatReport({ environment, figures, bars }: EvalReport): string {
  const tables = tablesOf(figures).map(({ title, titles, rows }) => {
    const columns = titles.map((name, index) => ({ title: name, align: index === 0 ? 'left' : 'right' }) as const);
    return `${title}\n${formatTable(columns, rows)}`;
  });
  const checks = bars.map(({ bar, figure, holds }) => `${holds ? '✔' : '✘'} ${bar.name}: ${formatFigure(figure)}\n`);
  return `${formatEnvironment(environment)}\n${note}\n\n${tables.join('\n')}\n${checks.join('')}`;
}

/** The report as a page. */
export function formatMarkdown({ environment, figures }: EvalReport): string {
  const tables = tablesOf(figures).map(({ title, titles, rows }) => {
    const lines = [titles, titles.map((_, index) => (index === 0 ? '---' : '--:')), ...rows];
    return `**${title}**\n\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
  });
  return `${tables.join('\n')}\n\`npm run eval\` with ${formatEnvironment(environment)}. ${note}\n`;
}

function formatEnvironment({ glassbox, model, previous, cpu, node, onnxRuntime, tasks }: EvalEnvironment): string {
  return [
    `Glassbox ${glassbox}`,
    `model ${model}`,
    ...(previous === undefined ? [] : [`previous ${previous}`]),
    `tasks ${tasks}`,
    `Node ${node}`,
    `ONNX Runtime ${onnxRuntime}`,
    cpu,
  ].join(', ');
}

function tablesOf(figures: readonly Figure[]): readonly FigureTable[] {
  const places = [...new Set(figures.map(({ section, group }) => `${section}: ${group}`))];
  return places.map((place) => {
    const inside = figures.filter(({ section, group }) => `${section}: ${group}` === place);
    const metrics = [...new Map(inside.map((figure) => [figure.metric, figure])).values()];
    const rows = [...new Set(inside.map(({ row }) => row))];
    return {
      title: place,
      titles: ['', 'n', ...metrics.map(({ metric, unit }) => `${metric}, ${unitNames[unit]}`)],
      rows: rows.map((row) => {
        const own = inside.filter((figure) => figure.row === row);
        const cell = (metric: string): string => {
          const figure = own.find((candidate) => candidate.metric === metric);
          return figure === undefined ? '' : formatFigure(figure);
        };
        return [row, String(own[0]!.count), ...metrics.map(({ metric }) => cell(metric))];
      }),
    };
  });
}
