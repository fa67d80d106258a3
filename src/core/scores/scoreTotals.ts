import type { ScoredTokens } from './scoredTokens.js';

/** A stretch of a text in UTF-16 units, half-open. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** What the log-probabilities of some tokens amount to. */
export interface ScoreTotals {
  /** Tokens that were scored. */
  readonly tokenCount: number;
  /** UTF-8 bytes of those tokens. */
  readonly byteCount: number;
  /** Sum of the natural log-probabilities. */
  readonly logProb: number;
  /** Bits (base 2) the model needs per UTF-8 byte; 0 when there is no byte. */
  readonly bitsPerByte: number;
  /** exp of the mean negative log-probability per token; 1 when there is no token. */
  readonly perplexity: number;
}

/**
 * Totals of the tokens that have a part in a range; of all when there is none. A token that the range cuts counts as a
 * whole, since nobody can say how its probability divides; a token inside a character counts where that character starts.
 */
export function scoreTotals(
  tokens: Pick<ScoredTokens, 'starts' | 'ends' | 'byteStarts' | 'byteEnds' | 'logProbs' | 'ranks'>,
  range?: TextRange,
): ScoreTotals {
  const { starts, ends, byteStarts, byteEnds, logProbs, ranks } = tokens;
  let tokenCount = 0;
  let byteCount = 0;
  let logProb = 0;
  for (let index = 0; index < logProbs.length; index++) {
    if (ranks[index] === 0) continue;
    if (range !== undefined && !hasPartIn(starts[index]!, ends[index]!, range)) continue;
    tokenCount++;
    byteCount += byteEnds[index]! - byteStarts[index]!;
    logProb += logProbs[index]!;
  }
  return {
    tokenCount,
    byteCount,
    logProb,
    bitsPerByte: byteCount === 0 ? 0 : -logProb / Math.LN2 / byteCount,
    perplexity: tokenCount === 0 ? 1 : Math.exp(-logProb / tokenCount),
  };
}

function hasPartIn(start: number, end: number, range: TextRange): boolean {
  return start === end ? start >= range.start && start < range.end : start < range.end && end > range.start;
}
