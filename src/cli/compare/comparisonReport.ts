import type { CutDifference } from '../../core/tokenizer/cutComparison.js';
import { countedScripts } from '../../core/tokenizer/tokenCost.js';
import { formatTable, type TableColumn } from '../table.js';
import { piecesOf, type ComparedTokenizer, type TokenComparison } from './tokenComparison.js';

/** How many stretches that are cut differently are shown for each tokenizer; the JSON has them all. */
const shownDifferences = 10;

/** Longer texts of lines and stretches are shortened, in UTF-16 units. */
const shownTextLength = 72;

/** The comparison as text for a terminal. */
export function formatComparison(comparison: TokenComparison): string {
  return [
    formatTotals(comparison.tokenizers),
    formatScripts(comparison.tokenizers),
    formatLines(comparison),
    ...comparison.differences.map((stretches, index) => formatDifferences(comparison, index + 1, stretches)),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function right(title: string): TableColumn {
  return { title, align: 'right' };
}

function left(title: string): TableColumn {
  return { title, align: 'left' };
}

function formatTotals(tokenizers: readonly ComparedTokenizer[]): string {
  const titles = ['tokens', 'characters/token', 'bytes/token', 'vocabulary'].map(right);
  return formatTable(
    [left('tokenizer'), ...titles, left('algorithm')],
    tokenizers.map(({ name, description, cost }) => [
      name,
      String(cost.tokenCount),
      formatMean(cost.charactersPerToken),
      formatMean(cost.bytesPerToken),
      String(description.vocabularySize),
      description.algorithm,
    ]),
  );
}

function formatScripts(tokenizers: readonly ComparedTokenizer[]): string {
  const present = countedScripts.filter((script) =>
    tokenizers.some(({ scripts }) => scripts.some((cost) => cost.script === script)),
  );
  if (present.length === 0) return '';
  const rows = tokenizers.map(({ name, scripts }) => [
    name,
    ...present.map((script) => {
      const cost = scripts.find((entry) => entry.script === script);
      return cost === undefined ? '-' : formatMean(cost.tokenCount / cost.characterCount);
    }),
  ]);
  return formatTable([left('tokens per character'), ...present.map(right)], rows);
}

function formatLines({ tokenizers, expensiveLines }: TokenComparison): string {
  if (expensiveLines.length === 0) return '';
  const columns = [right('line'), ...tokenizers.map(({ name }) => right(name)), left('most expensive lines')];
  const rows = expensiveLines.map(({ line, text, tokenCounts }) => [
    String(line + 1),
    ...tokenCounts.map(String),
    shorten(text.trim()),
  ]);
  return formatTable(columns, rows);
}

function formatDifferences(
  { text, tokenizers }: TokenComparison,
  index: number,
  stretches: readonly CutDifference[],
): string {
  const [first, other] = [tokenizers[0]!, tokenizers[index]!];
  if (stretches.length === 0) return `${first.name} and ${other.name} cut the text alike.\n`;
  const shown = stretches.slice(0, shownDifferences);
  const rows = shown.map(({ start, first: firstTokens, second }) => [
    placeOf(start, first),
    showPieces(piecesOf(text, first.columns, firstTokens)),
    showPieces(piecesOf(text, other.columns, second)),
  ]);
  const rest = stretches.length - shown.length;
  const places = `${stretches.length} ${stretches.length === 1 ? 'place is' : 'places are'} cut differently`;
  return [
    `${places} by ${first.name} and ${other.name}${rest > 0 ? `; the first ${shown.length}` : ''}:\n`,
    formatTable([right('line:column'), left(first.name), left(other.name)], rows),
  ].join('');
}

/** Line and column from 1, the column in UTF-16 units. */
function placeOf(utf16Offset: number, { lines: { lineStarts } }: ComparedTokenizer): string {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lineStarts[middle]! <= utf16Offset) low = middle;
    else high = middle - 1;
  }
  return `${low + 1}:${utf16Offset - lineStarts[low]! + 1}`;
}

function formatMean(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2) : '-';
}

/** Cuts as `|`, blanks as `·`; a token inside a character is empty. */
function showPieces(pieces: readonly string[]): string {
  return shorten(pieces.join('|')).replaceAll(' ', '·');
}

/** On one line, control characters escaped. */
function shorten(text: string): string {
  const escaped = JSON.stringify(text.slice(0, shownTextLength)).slice(1, -1).replaceAll('\\"', '"');
  return text.length > shownTextLength ? `${escaped}...` : escaped;
}
