import { LruMap } from '../flow/lruMap.js';
import { completionConstants as constants } from './completionConstants.js';

/**
 * Keeps sending the suffix that the model has already read while the real one changed only a little: a suffix comes
 * before the current line in the prompt, so each change of it would cost reading everything behind it again.
 * Only the prompt sees it; cache keys and post-processing use the real suffix.
 */
export class StableSuffixes {
  readonly #byDocument = new LruMap<string, string>(constants.stableSuffixDocuments);

  /** The suffix to send for `uri`: the one sent last, when it begins with the same line and less than a tenth differs. */
  choose(uri: string, suffix: string): string {
    const last = this.#byDocument.get(uri);
    if (last !== undefined && changedShare(last, suffix) < constants.stableSuffixChange) return last;
    this.#byDocument.set(uri, suffix);
    return suffix;
  }

  /** Forgets a document. */
  forget(uri: string): void {
    this.#byDocument.delete(uri);
  }
}

/**
 * How much two suffixes differ, from 0 to 1: the edit distance in whole lines, each weighing its length (a changed line
 * counts once, an inserted or deleted one too), divided by the longer text. 1 when the first non-blank lines differ,
 * since that is what the completion must fit in front of, and when computing it would take too long.
 */
export function changedShare(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [a.split('\n'), b.split('\n')];
  const sameStart = firstVisible(left) === firstVisible(right) && (a[0] === '\n') === (b[0] === '\n');
  if (!sameStart) return 1;
  const { from, leftEnd, rightEnd } = differingLines(left, right);
  if ((leftEnd - from) * (rightEnd - from) > constants.stableSuffixPairs) return 1;
  return weightedDistance(left.slice(from, leftEnd), right.slice(from, rightEnd)) / Math.max(a.length, b.length);
}

function firstVisible(lines: readonly string[]): string | undefined {
  return lines.find((line) => line.trim() !== '');
}

function differingLines(
  left: readonly string[],
  right: readonly string[],
): { from: number; leftEnd: number; rightEnd: number } {
  let from = 0;
  while (from < Math.min(left.length, right.length) && left[from] === right[from]) from++;
  let [leftEnd, rightEnd] = [left.length, right.length];
  while (leftEnd > from && rightEnd > from && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd--;
    rightEnd--;
  }
  return { from, leftEnd, rightEnd };
}

function weightedDistance(left: readonly string[], right: readonly string[]): number {
  const weight = (line: string): number => line.length + 1;
  let row = [0];
  for (const line of right) row.push((row.at(-1) ?? 0) + weight(line));
  for (const line of left) {
    const next = [(row[0] ?? 0) + weight(line)];
    right.forEach((other, index) => {
      const replaced = (row[index] ?? 0) + (line === other ? 0 : Math.max(weight(line), weight(other)));
      next.push(Math.min(replaced, (row[index + 1] ?? 0) + weight(line), (next[index] ?? 0) + weight(other)));
    });
    row = next;
  }
  return row.at(-1) ?? 0;
}
