import type { TokenColumns } from './tokenColumns.js';

/** The shortest stretch around a place where two tokenizers cut a text differently: both cut at its start and its end. */
export interface CutDifference {
  /** UTF-16 offsets, half-open. */
  readonly start: number;
  readonly end: number;
  /** Indices of the tokens of the stretch in both, half-open. */
  readonly first: { readonly start: number; readonly end: number };
  readonly second: { readonly start: number; readonly end: number };
}

type Cuts = Pick<TokenColumns, 'starts' | 'ends' | 'byteEnds'>;

/**
 * Where two tokenizers cut the same text differently, in order. Cuts are compared by bytes, so that tokens inside a
 * character count. Tokens without bytes (a blank that a tokenizer put in front) are no difference.
 */
export function compareCuts(first: Cuts, second: Cuts): CutDifference[] {
  const differences: CutDifference[] = [];
  const [firstEnds, secondEnds] = [first.byteEnds, second.byteEnds];
  let [a, b] = [0, 0];
  let [aStart, bStart, byteStart] = [0, 0, 0];
  while (a < firstEnds.length && b < secondEnds.length) {
    const [aEnd, bEnd] = [firstEnds[a]!, secondEnds[b]!];
    if (aEnd < bEnd) a++;
    else if (bEnd < aEnd) b++;
    else {
      const isCutAlike = holdsOne(firstEnds, aStart, a, byteStart) && holdsOne(secondEnds, bStart, b, byteStart);
      a++;
      b++;
      if (!isCutAlike) {
        differences.push({
          start: first.starts[aStart]!,
          end: first.ends[a - 1]!,
          first: { start: aStart, end: a },
          second: { start: bStart, end: b },
        });
      }
      [aStart, bStart, byteStart] = [a, b, aEnd];
    }
  }
  return differences;
}

/** True when of the tokens from `start` to `last` only the last one has bytes, or none has. */
function holdsOne(byteEnds: Uint32Array, start: number, last: number, byteStart: number): boolean {
  return last === start || byteEnds[last - 1] === byteStart;
}
