import type { TokenPrefixIndex } from './tokenPrefixIndex.js';
import type { TokenSpan } from './tokenSpan.js';
import type { TokenTable } from './tokenTable.js';

/** What is taken off the end of a prompt before generating, to be forced again as the first bytes generated. */
export interface HealingCut {
  /** How many of the tokens stay in the prompt. */
  readonly keptTokenCount: number;
  /** Bytes of the tokens that go; empty when nothing is to be healed. May begin inside a character. */
  readonly cutBytes: Uint8Array;
}

/** How much {@link findHealingCut} takes off at most: a partial word in a few pieces, a token of deep indentation. */
export const healingLimits = { maxTokens: 4, maxBytes: 64 } as const;

/**
 * Token healing (Lundberg 2023, "The art of prompt design: prompt boundaries and token healing"). The last tokens of a
 * prompt may not be those the model would have seen, had the text gone on: `retu` is not the beginning of `return`, and a
 * trailing blank belongs to the next word. The cut goes back to the last token boundary at or before the earliest
 * byte at which some token of the vocabulary begins that agrees with the text up to the end and goes beyond it. When no
 * such token exists, nothing is cut; so the cut is the least that leaves every continuation its usual tokens.
 *
 * @param spans tokens of the text before the cursor, of one segment: nothing before its start is ever cut
 */
export function findHealingCut(spans: readonly TokenSpan[], index: TokenPrefixIndex): HealingCut {
  const tail = cuttableTail(spans, index.table);
  const bytes = Uint8Array.from(tail.flatMap((span) => span.bytes));
  let tokenStart = 0;
  for (const [position, { bytes: token }] of tail.entries()) {
    // Blanks before another token are a word of their own: no token begins among them and goes on after them.
    const candidateCount = position < tail.length - 1 && token.every(isBlank) ? 1 : token.length;
    for (let from = tokenStart; from < tokenStart + candidateCount; from++) {
      if (index.isExtendable(bytes.subarray(from))) {
        return { keptTokenCount: spans.length - tail.length + position, cutBytes: bytes.subarray(tokenStart) };
      }
    }
    tokenStart += token.length;
  }
  return { keptTokenCount: spans.length, cutBytes: new Uint8Array(0) };
}

/**
 * The last tokens that may be cut: within the limits, and standing for the bytes that they cover, because others (with
 * a blank the tokenizer put in front, or of normalised text) cannot be forced by bytes.
 */
function cuttableTail(spans: readonly TokenSpan[], table: TokenTable): readonly TokenSpan[] {
  const { maxTokens, maxBytes } = healingLimits;
  let first = spans.length;
  let byteCount = 0;
  while (first > 0 && spans.length - first < maxTokens) {
    const span = spans[first - 1];
    if (span === undefined || table.isSpecial(span.id) || !isSame(table.bytesOf(span.id), span.bytes)) break;
    byteCount += span.bytes.length;
    if (byteCount > maxBytes) break;
    first--;
  }
  return spans.slice(first);
}

function isSame(bytes: Uint8Array, others: readonly number[]): boolean {
  return bytes.length === others.length && bytes.every((byte, index) => byte === others[index]);
}

/** Space, tab, line feed and carriage return. */
function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
