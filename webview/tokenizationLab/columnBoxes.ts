import { encodeUtf8 } from '../../src/core/text/utf8.js';
import { firstRangeAfter, overlaps } from './textRanges.js';
import { tintCount, type TokenBox } from '../charts/tokenRun.js';
import { t } from '../boot/strings.js';
import type { Comparison } from './comparison.js';
import type { ColumnTokens } from './labColumn.js';
import type { LabState } from './labState.js';
import type { TextWindow } from './textWindow.js';
import { hexBytes, visibleText } from './visibleText.js';

/** What is known of one segment of a column. */
export interface SegmentFacts {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly tokens: readonly TokenFacts[];
}

/** What is known of one token. */
export interface TokenFacts {
  readonly id: number;
  /** As the tokenizer file writes it. */
  readonly name: string;
  /** What it covers of the text's UTF-8. */
  readonly bytes: Uint8Array;
  /** UTF-8 offset of the first byte. */
  readonly byteStart: number;
  /** From 0; undefined where no merge makes it. */
  readonly mergeRank: number | undefined;
  /** Undefined with algorithms that have none. */
  readonly score: number | undefined;
}

/** The segments of a column that begin in a part of the text. */
export function segmentsIn(
  text: string,
  { segments, tokens }: ColumnTokens,
  { start, end }: TextWindow,
): SegmentFacts[] {
  const found: SegmentFacts[] = [];
  for (let index = firstRangeAfter(segments, start); index < segments.count; index++) {
    const from = segments.starts[index]!;
    if (from >= end) break;
    if (from < start) continue;
    const to = segments.ends[index]!;
    const part = text.slice(from, to);
    const [first, after] = [segments.firstTokens[index]!, segments.firstTokens[index + 1]!];
    const byteStart = tokens.byteStarts[first]!;
    const bytes = encodeUtf8(part);
    found.push({
      start: from,
      end: to,
      text: part,
      tokens: Array.from({ length: after - first }, (_, offset) =>
        tokenFacts(tokens, first + offset, bytes, byteStart),
      ),
    });
  }
  return found;
}

function tokenFacts(tokens: ColumnTokens['tokens'], token: number, bytes: Uint8Array, byteStart: number): TokenFacts {
  const { ids, entries, vocabulary, byteStarts, byteEnds } = tokens;
  const entry = entries[token]!;
  const rank = vocabulary.mergeRanks[entry]!;
  const score = vocabulary.scores[entry]!;
  return {
    id: ids[token]!,
    name: vocabulary.names[entry]!,
    bytes: bytes.subarray(byteStarts[token]! - byteStart, byteEnds[token]! - byteStart),
    byteStart: byteStarts[token]!,
    mergeRank: rank < 0 ? undefined : rank,
    score: Number.isNaN(score) ? undefined : score,
  };
}

/** The boxes of a column: its text cut into tokens, and what stands below. */
export function columnBoxes(
  { text, differences }: Comparison,
  result: ColumnTokens,
  window: TextWindow,
  below: LabState['below'],
): { readonly text: readonly TokenBox[]; readonly below: readonly TokenBox[] } {
  const boxes = segmentsIn(text, result, window).map((segment, index) => {
    const { start, end, tokens } = segment;
    const label = visibleText(segment.text);
    const ids = tokens.map(({ id }) => id).join(' ');
    return {
      start,
      end,
      label,
      tint: index % tintCount,
      tokenCount: tokens.length,
      differs: overlaps(differences, start, end),
      description: t('{0}, token {1}', label, ids),
      lower: lowerLabel(segment, below),
    };
  });
  return {
    text: boxes,
    below: boxes.map((box) => ({ ...box, label: box.lower, differs: false, tokenCount: 1 })),
  };
}

function lowerLabel({ tokens }: SegmentFacts, below: LabState['below']): string {
  switch (below) {
    case 'ids':
      return tokens.map(({ id }) => id).join(' ');
    case 'bytes':
      return tokens.map(({ bytes }) => hexBytes(bytes)).join(' | ');
    case 'names':
      return tokens.map(({ name }) => name).join(' | ');
  }
}
