import * as vscode from 'vscode';
import type { TextPosition } from '../../../core/completion/documentSnapshot.js';
import { LineIndex } from '../../../core/lenses/lineIndex.js';
import { scoringRegion } from '../../../core/lenses/scoringRegion.js';
import type { TextRange } from '../../../core/scores/scoreTotals.js';
import { withLineFeeds } from '../../../core/text/lineEnds.js';
import type { LensView } from '../lens.js';

/** What of a document is given to a model. */
export interface RegionText {
  /** With `\n` as its only line end. */
  readonly text: string;
  /** Where it begins in the document. */
  readonly start: TextPosition;
  readonly isWhole: boolean;
  /** What is seen of it, UTF-16 offsets. */
  readonly priority: TextRange;
}

/** Reads what a model needs to see to score what is on the screen: the whole document unless it is large. */
export function readRegion({ document, editor, seen }: LensView): RegionText {
  const lengths = { lineCount: document.lineCount, lengthOf: (line: number) => document.lineAt(line).text.length };
  const characterCount = document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
  const { start, end, isWhole } = scoringRegion(lengths, characterCount, seen, editor.selection.active);
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  const text = withLineFeeds(document.getText(range));
  const lines = new LineIndex(text);
  const offsetOf = (line: number): number => lines.startOf(Math.max(0, line - start.line));
  const priority = { start: offsetOf(seen[0]?.start ?? 0), end: offsetOf(seen.at(-1)?.end ?? 1) };
  return { text, start, isWhole, priority };
}
