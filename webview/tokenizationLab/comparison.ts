import { compareCuts } from '../../src/core/tokenizer/cutComparison.js';
import type { LabColumn } from './labColumn.js';
import { joinRanges, type TextRanges } from './textRanges.js';
import { textWindows, type TextWindow } from './textWindow.js';

/** A text and what all tokenizers made of it: what the lab shows at one time. */
export interface Comparison {
  readonly text: string;
  /** Line of the document, from 1, that the text begins in. */
  readonly firstLine: number;
  readonly columns: readonly LabColumn[];
  /** Where the tokenizers cut differently; empty with less than two results. */
  readonly differences: TextRanges;
  readonly windows: readonly TextWindow[];
}

/** Compares what there is of each column. */
export function compare(text: string, firstLine: number, columns: readonly LabColumn[]): Comparison {
  const [first, ...others] = columns.flatMap(({ result }) => (result === undefined ? [] : [result.tokens]));
  // Where any two differ, one of them differs from the first.
  const differences = first === undefined ? [] : others.flatMap((other) => compareCuts(text, first, other));
  return { text, firstLine, columns, differences: joinRanges(differences), windows: textWindows(text) };
}
