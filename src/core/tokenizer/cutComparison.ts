import { Utf8Walk } from '../text/utf8Walk.js';
import type { TokenColumns } from './tokenColumns.js';

/**
 * The shortest stretch around a place where two tokenizers cut a text differently: both cut at its start and at its end,
 * and neither is inside a character.
 */
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
export function compareCuts(text: string, first: Cuts, second: Cuts): CutDifference[] {
  const differences: CutDifference[] = [];
  const [firstEnds, secondEnds] = [first.byteEnds, second.byteEnds];
  const bytes = new Utf8Walk(text);
  let [a, b] = [0, 0];
  let [aStart, bStart, byteStart] = [0, 0, 0];
  while (a < firstEnds.length && b < secondEnds.length) {
    const [aEnd, bEnd] = [firstEnds[a]!, secondEnds[b]!];
    if (aEnd < bEnd) a++;
    else if (bEnd < aEnd) b++;
    else if (bytes.byteAt(first.ends[a]!) !== aEnd) {
      // Both cut inside the same character: the stretch goes on to its end.
      a++;
      b++;
    } else {
      const isCutAlike = cutsAlike(firstEnds.subarray(aStart, a + 1), secondEnds.subarray(bStart, b + 1), byteStart);
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

/** True when both runs of tokens, last ones included, end at the same bytes; those that end at `byteStart` have none. */
function cutsAlike(a: Uint32Array, b: Uint32Array, byteStart: number): boolean {
  let [i, j] = [0, 0];
  while (a[i] === byteStart) i++;
  while (b[j] === byteStart) j++;
  if (a.length - i !== b.length - j) return false;
  return a.subarray(i).every((end, index) => end === b[j + index]);
}
