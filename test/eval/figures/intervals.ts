import { createRandom } from '../../../src/core/sampling/random.js';

/** A figure with its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const resamples = 1_000;
const seed = 11;
/** Quantile of the normal distribution for a 95 % interval. */
const z = 1.96;

/**
 * Percentile bootstrap over clusters: whole clusters (files) are drawn with replacement, because the tasks of a file
 * are alike. The same values give the same interval.
 *
 * @param clusters values by file, each with at least one.
 * @param statistic of all values drawn; values for which it is NaN are left out of the interval.
 */
export function bootstrap<T>(
  clusters: readonly (readonly T[])[],
  statistic: (values: readonly T[]) => number,
): Estimate {
  const random = createRandom(seed);
  const drawn = Array.from({ length: resamples }, () =>
    statistic(clusters.flatMap(() => clusters[Math.floor(random() * clusters.length)]!)),
  )
    .filter((value) => !Number.isNaN(value))
    .sort((left, right) => left - right);
  const quantile = (share: number): number => drawn[Math.round(share * (drawn.length - 1))] ?? Number.NaN;
  return { value: statistic(clusters.flat()), low: quantile(0.025), high: quantile(0.975) };
}

/** Wilson's interval of a share (Wilson 1927): holds for few tasks, and when all or none succeeded. */
export function wilson(successes: number, total: number): Estimate {
  if (total === 0) return { value: Number.NaN, low: 0, high: 1 };
  const share = successes / total;
  const scale = 1 + z ** 2 / total;
  const middle = (share + z ** 2 / (2 * total)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / total + z ** 2 / (4 * total ** 2));
  return { value: share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Share of the true values: bootstrap by file, or Wilson's interval over the files when all values are equal. */
export function share(clusters: readonly (readonly boolean[])[]): Estimate {
  const values = clusters.flat();
  const successes = values.filter(Boolean).length;
  if (successes > 0 && successes < values.length) return bootstrap(clusters, (drawn) => mean(drawn.map(Number)));
  const { low, high } = wilson(successes === 0 ? 0 : clusters.length, clusters.length);
  return { value: values.length === 0 ? Number.NaN : successes / values.length, low, high };
}

/** Arithmetic mean; NaN of no values. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Values by the key that `keyOf` gives, in the order in which the keys are met. */
export function clustersBy<T>(values: readonly T[], keyOf: (value: T) => string): readonly (readonly T[])[] {
  const clusters = new Map<string, T[]>();
  for (const value of values) {
    const cluster = clusters.get(keyOf(value));
    if (cluster === undefined) clusters.set(keyOf(value), [value]);
    else cluster.push(value);
  }
  return [...clusters.values()];
}
