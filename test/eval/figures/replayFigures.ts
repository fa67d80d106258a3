import type { ReplayAnswer } from '../measure/replay.js';
import { figuresOf, type Figure } from './figure.js';
import { bootstrap, type Estimate } from './intervals.js';

/** Keys that a wrong item costs whoever looks at it. */
const wrongItemCosts = [0, 0.25, 1] as const;

/** Keystrokes saved, completed text, show rate, precision, latency and CPU time of files that were typed. */
export function replayFigures(row: string, answers: readonly ReplayAnswer[]): readonly Figure[] {
  const sum = (files: readonly ReplayAnswer[], of: (file: ReplayAnswer) => number): number =>
    files.reduce((total, file) => total + of(file), 0);
  const ratio = (above: (file: ReplayAnswer) => number, below: (file: ReplayAnswer) => number): Estimate =>
    bootstrap(
      answers.map((answer) => [answer]),
      (files) => sum(files, above) / sum(files, below),
    );
  const latenciesMs = answers.flatMap((answer) => answer.latenciesMs).sort((left, right) => left - right);
  const keys = (file: ReplayAnswer): number => file.keyCount;
  return figuresOf({ section: 'replay', group: 'files typed from their beginning', row, count: answers.length }, [
    ...wrongItemCosts.map((cost) => {
      const saved = (file: ReplayAnswer): number =>
        file.keyCount - file.pressedCount - cost * (file.offeredCount - file.acceptedCount);
      return [`keys saved, wrong item ${cost}`, 'share', ratio(saved, keys)] as const;
    }),
    [
      'completed text',
      'share',
      ratio(
        (file) => file.completedCount,
        (file) => file.characterCount,
      ),
    ],
    [
      'shown at',
      'share',
      ratio(
        (file) => file.visibleCount,
        (file) => file.askedCount,
      ),
    ],
    [
      'precision',
      'share',
      ratio(
        (file) => file.acceptedCount,
        (file) => file.offeredCount,
      ),
    ],
    ['p50', 'ms', quantile(latenciesMs, 0.5)],
    ['p95', 'ms', quantile(latenciesMs, 0.95)],
    [
      'CPU per 1,000 characters',
      's',
      sum(answers, ({ cpuMs }) => cpuMs) / sum(answers, ({ characterCount }) => characterCount),
    ],
  ]);
}

/** The value below which that share of the sorted values lies; NaN of none. */
export function quantile(sorted: readonly number[], at: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? Number.NaN;
}
