import type { Comparison } from './comparison.js';

/**
 * A comparison for other programs. Tokens are in columns: entry `i` of each belongs to token `i`. Offsets are half-open;
 * `starts` and `ends` count UTF-16 units, `byteStarts` and `byteEnds` bytes of UTF-8.
 */
export function comparisonJson({ text, columns }: Comparison): string {
  const tokenizers = columns.flatMap(({ source, name, result }) => {
    if (result === undefined) return [];
    const { tokens, cost } = result;
    const { ids, starts, ends, byteStarts, byteEnds, entries, vocabulary } = tokens;
    return {
      name,
      source,
      tokenCount: cost.tokenCount,
      ids: [...ids],
      tokens: Array.from(entries, (entry) => vocabulary.names[entry]),
      starts: [...starts],
      ends: [...ends],
      byteStarts: [...byteStarts],
      byteEnds: [...byteEnds],
    };
  });
  return JSON.stringify({ text, tokenizers });
}
