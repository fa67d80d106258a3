import type { ScoredTokens } from './scoredTokens.js';

/**
 * Two models' opinions of a text, stretch by stretch, in columns. A stretch is the least that is a whole number of tokens
 * for both: one token where the tokenizers agree, otherwise several of each. Stretches tile what both scored.
 */
export interface ComparedSpans {
  /** UTF-16 offsets. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** UTF-8 byte offsets. */
  readonly byteStarts: Uint32Array;
  readonly byteEnds: Uint32Array;
  /** Natural log-probability of the stretch under each model: the sum over its tokens. */
  readonly logProbs: Float32Array;
  readonly otherLogProbs: Float32Array;
  /**
   * Kullback-Leibler divergence in nats of the other model's distribution of the token from the first model's,
   * `sum(p (ln p - ln q))`: what is lost when the other stands in for the first. Undefined when the models do not share a
   * vocabulary, since then there is nothing to sum over.
   */
  readonly divergences: Float32Array | undefined;
}

/**
 * Joins two models' scores of one text at the places where tokens of both end. Stretches that one of them did not score are
 * left out.
 *
 * @param divergences one for each token, when the tokens are the same.
 */
export function compareSpans(own: ScoredTokens, other: ScoredTokens, divergences?: Float32Array): ComparedSpans {
  const columns = {
    starts: [] as number[],
    ends: [] as number[],
    byteStarts: [] as number[],
    byteEnds: [] as number[],
    logProbs: [] as number[],
    otherLogProbs: [] as number[],
    divergences: [] as number[],
  };
  let [first, otherFirst, index, otherIndex] = [0, 0, 0, 0];
  while (index < own.ids.length && otherIndex < other.ids.length) {
    const [end, otherEnd] = [own.byteEnds[index]!, other.byteEnds[otherIndex]!];
    if (end <= otherEnd) index++;
    if (otherEnd <= end) otherIndex++;
    if (end !== otherEnd) continue;
    const logProb = sum(own.logProbs, first, index);
    const otherLogProb = sum(other.logProbs, otherFirst, otherIndex);
    if (!Number.isNaN(logProb + otherLogProb)) {
      columns.starts.push(own.starts[first]!);
      columns.ends.push(own.ends[index - 1]!);
      columns.byteStarts.push(own.byteStarts[first]!);
      columns.byteEnds.push(end);
      columns.logProbs.push(logProb);
      columns.otherLogProbs.push(otherLogProb);
      columns.divergences.push(divergences?.[first] ?? NaN);
    }
    [first, otherFirst] = [index, otherIndex];
  }
  return {
    starts: Uint32Array.from(columns.starts),
    ends: Uint32Array.from(columns.ends),
    byteStarts: Uint32Array.from(columns.byteStarts),
    byteEnds: Uint32Array.from(columns.byteEnds),
    logProbs: Float32Array.from(columns.logProbs),
    otherLogProbs: Float32Array.from(columns.otherLogProbs),
    divergences: divergences === undefined ? undefined : Float32Array.from(columns.divergences),
  };
}

function sum(values: Float32Array, start: number, end: number): number {
  let total = 0;
  for (let index = start; index < end; index++) total += values[index]!;
  return total;
}
