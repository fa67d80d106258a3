import { piecesOf, type TokenComparison } from './tokenComparison.js';

/**
 * The comparison as one JSON object. Lines count from 1; offsets are UTF-16 units, half-open; of the lines there is one
 * count each. Means are null for a text without tokens.
 */
export function comparisonJson({ text, tokenizers, expensiveLines, differences }: TokenComparison): string {
  const [first] = tokenizers;
  return `${JSON.stringify({
    characters: first?.cost.characterCount ?? 0,
    bytes: Buffer.byteLength(text),
    tokenizers: tokenizers.map(({ name, description, cost, scripts, lines }) => ({
      name,
      source: description.source,
      algorithm: description.algorithm,
      vocabularySize: description.vocabularySize,
      tokens: cost.tokenCount,
      charactersPerToken: cost.charactersPerToken,
      bytesPerToken: cost.bytesPerToken,
      scripts: scripts.map(({ script, tokenCount, characterCount }) => {
        return { script, tokens: tokenCount, characters: characterCount };
      }),
      tokensPerLine: [...lines.tokenCounts],
    })),
    expensiveLines: expensiveLines.map(({ line, tokenCounts }) => ({ line: line + 1, tokens: tokenCounts })),
    differences: differences.map((stretches, index) => {
      const other = tokenizers[index + 1]!;
      return {
        first: first!.name,
        second: other.name,
        stretches: stretches.map((stretch) => ({
          start: stretch.start,
          end: stretch.end,
          first: piecesOf(text, first!.columns, stretch.first),
          second: piecesOf(text, other.columns, stretch.second),
        })),
      };
    }),
  })}\n`;
}
