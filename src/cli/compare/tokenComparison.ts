import { compareCuts, type CutDifference } from '../../core/tokenizer/cutComparison.js';
import { countLineTokens, mostExpensiveLines, type LineCosts } from '../../core/tokenizer/lineCosts.js';
import type { TokenColumns } from '../../core/tokenizer/tokenColumns.js';
import { scriptCostsOf, tokenCostOf, type ScriptCost, type TokenCost } from '../../core/tokenizer/tokenCost.js';
import type { TokenizerDescription } from '../../core/tokenizer/tokenizerSource.js';

/** One tokenizer and what it made of the text. */
export interface ComparedTokenizer {
  /** As it was asked for. */
  readonly name: string;
  readonly description: TokenizerDescription;
  readonly columns: TokenColumns;
  readonly cost: TokenCost;
  readonly scripts: readonly ScriptCost[];
  readonly lines: LineCosts;
}

/** A line that is costly with the first tokenizer, and what it costs with each. Lines count from 0. */
export interface ComparedLine {
  readonly line: number;
  readonly text: string;
  readonly tokenCounts: readonly number[];
}

/** Several tokenizers over one text. */
export interface TokenComparison {
  readonly text: string;
  readonly tokenizers: readonly ComparedTokenizer[];
  readonly expensiveLines: readonly ComparedLine[];
  /** Where each further tokenizer cuts differently from the first. */
  readonly differences: readonly (readonly CutDifference[])[];
}

/** How many of the most expensive lines are shown. */
const shownLines = 10;

/** Puts together what the tokenizers made of a text; the first one is what the others are compared with. */
export function compareTokenizers(
  text: string,
  results: readonly Pick<ComparedTokenizer, 'name' | 'description' | 'columns'>[],
): TokenComparison {
  const tokenizers = results.map((result) => ({
    ...result,
    cost: tokenCostOf(text, result.columns),
    scripts: scriptCostsOf(text, result.columns),
    lines: countLineTokens(text, result.columns),
  }));
  const [first, ...others] = tokenizers;
  if (first === undefined) return { text, tokenizers, expensiveLines: [], differences: [] };
  const { lineStarts } = first.lines;
  return {
    text,
    tokenizers,
    expensiveLines: mostExpensiveLines(text, first.lines, shownLines).map(({ line, utf16Length }) => ({
      line,
      text: text.slice(lineStarts[line], lineStarts[line]! + utf16Length),
      tokenCounts: tokenizers.map(({ lines }) => lines.tokenCounts[line]!),
    })),
    differences: others.map(({ columns }) => compareCuts(text, first.columns, columns)),
  };
}

/** The pieces of the text that a run of tokens covers; a token inside a character has the empty one. */
export function piecesOf(
  text: string,
  { starts, ends }: TokenColumns,
  tokens: { readonly start: number; readonly end: number },
): string[] {
  return Array.from({ length: tokens.end - tokens.start }, (_, index) => {
    const token = tokens.start + index;
    return text.slice(starts[token], ends[token]);
  });
}
