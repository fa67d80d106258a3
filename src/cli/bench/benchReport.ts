import { formatTable } from '../table.js';
import type { DuelFigure } from './duel.js';
import type { Summary } from './statistics.js';

/** Where and with what the figures were measured. */
export interface BenchEnvironment {
  readonly cpu: string;
  readonly cores: number;
  /** Of the last minute, before the first measurement. */
  readonly loadAverage: number;
  readonly platform: string;
  readonly node: string;
  readonly onnxRuntime: string;
  readonly glassbox: string;
  readonly model: string;
  readonly rounds: number;
}

/** A figure of Glassbox alone. */
export interface OwnFigure {
  readonly id: string;
  readonly label: string;
  /** `x`: a ratio of times. */
  readonly unit: 'ms' | 'MB' | 'x';
  readonly value: Summary;
  /** What it should stay below, when there is such a limit. */
  readonly limit?: number;
}

/** One contestant beside Glassbox in one figure. */
export interface Comparison {
  readonly figure: DuelFigure;
  readonly peer: string;
  readonly value: Summary;
  /** Median over the rounds of the peer's time divided by Glassbox's: above 1, Glassbox is faster. */
  readonly ratio: number;
  /** What the ratio should be at least, when there is such an aim. */
  readonly aim?: number;
}

/** Everything `bench --json` prints. */
export interface BenchReport {
  readonly environment: BenchEnvironment;
  readonly peers: readonly { readonly name: string; readonly detail: string; readonly measured: boolean }[];
  readonly figures: readonly OwnFigure[];
  readonly comparisons: readonly Comparison[];
}

/** Titles and rows of the report's table, for a terminal or a page. */
export function tabulate(report: BenchReport): { readonly titles: readonly string[]; readonly rows: string[][] } {
  const measured = report.peers.filter((peer) => peer.measured).map(({ name }) => name);
  const rows = report.figures.map((figure) => [
    figure.label,
    `${formatValue(figure.value.median, figure.unit)}${formatLimit(figure)}`,
    ...measured.flatMap((peer) => comparisonCells(figure.id, peer, report.comparisons)),
  ]);
  return { titles: ['figure (median)', 'Glassbox', ...measured.flatMap((peer) => [peer, 'ratio'])], rows };
}

/** One line about the machine and the versions. */
export function formatEnvironment({ environment, peers }: BenchReport): string {
  const { cpu, cores, loadAverage, platform, node, onnxRuntime, glassbox, model, rounds } = environment;
  const versions = [`Node ${node}`, `ONNX Runtime ${onnxRuntime}`, `Glassbox ${glassbox}`, `model ${model}`];
  const details = peers.filter((peer) => peer.measured).map(({ name, detail }) => `${name} ${detail}`);
  return [
    `${cpu} (${cores} cores, ${platform}), load ${loadAverage.toFixed(2)}`,
    ...versions,
    ...details,
    `${rounds} rounds`,
  ].join(', ');
}

/** The report as text for a terminal. */
export function formatReport(report: BenchReport): string {
  const { titles, rows } = tabulate(report);
  const columns = titles.map((title, index) => ({ title, align: index === 0 ? 'left' : 'right' }) as const);
  const missing = report.peers.filter((peer) => !peer.measured).map(({ name, detail }) => `${name}: ${detail}`);
  return [
    formatEnvironment(report),
    '',
    formatTable(columns, rows).trimEnd(),
    ...missing.map((line) => `\n${line}`),
    '',
  ].join('\n');
}

function comparisonCells(figure: string, peer: string, comparisons: readonly Comparison[]): readonly string[] {
  const comparison = comparisons.find((entry) => entry.figure === figure && entry.peer === peer);
  if (comparison === undefined) return ['', ''];
  const { value, ratio, aim } = comparison;
  const aimed = aim === undefined ? '' : ` (aim ${aim.toFixed(aim < 1 ? 2 : 0)})`;
  return [formatValue(value.median, 'ms'), `${ratio.toFixed(2)}x${aimed}`];
}

function formatLimit({ limit, unit }: OwnFigure): string {
  return limit === undefined ? '' : unit === 'x' ? ` (aim < ${limit}x)` : ` (aim < ${limit} ${unit})`;
}

function formatValue(value: number, unit: OwnFigure['unit']): string {
  const figure = value < 10 ? value.toFixed(2) : value.toFixed(0);
  return unit === 'x' ? `${figure}x` : `${figure} ${unit}`;
}
