import type { CompletionCandidate } from '../../core/completion/completionOutcome.js';
import type { CompletionQuery } from '../../core/completion/completionQuery.js';
import type { DocumentSnapshot, TextPosition, TextRange } from '../../core/completion/documentSnapshot.js';

/** How many lines of earlier cells go in front of a notebook cell. */
export const precedingLineLimit = 400;

/** A notebook cell as far as it can be context. */
export interface CellText {
  readonly languageId: string;
  readonly lines: readonly string[];
}

/**
 * The lines of the cells above, of the same language, as one text with a blank line after each cell. Whole cells only,
 * the nearest ones first, so that the text stays the same while the user types below.
 */
export function linesOfEarlierCells(
  earlier: readonly CellText[],
  languageId: string,
  limit = precedingLineLimit,
): readonly string[] {
  const kept: (readonly string[])[] = [];
  let count = 0;
  for (const cell of earlier.toReversed()) {
    if (cell.languageId !== languageId || cell.lines.every((line) => line.trim() === '')) continue;
    count += cell.lines.length + 1;
    if (count > limit) break;
    kept.unshift([...cell.lines, '']);
  }
  return kept.flat();
}

/** A query about a cell as one about the cells' joined text: every line number grows by the lines put in front. */
export function withPrecedingLines(query: CompletionQuery, lines: readonly string[]): CompletionQuery {
  if (lines.length === 0) return query;
  const shift = lines.length;
  return {
    ...query,
    document: joinedSnapshot(query.document, lines),
    position: shiftPosition(query.position, shift),
    selections: query.selections.map(({ anchor, active }) => ({
      anchor: shiftPosition(anchor, shift),
      active: shiftPosition(active, shift),
    })),
    selectedSuggestion: query.selectedSuggestion && {
      ...query.selectedSuggestion,
      range: shiftRange(query.selectedSuggestion.range, shift),
    },
  };
}

/** A candidate for the joined text as one for the cell itself. */
export function withoutPrecedingLines(candidate: CompletionCandidate, lineCount: number): CompletionCandidate {
  return lineCount === 0 ? candidate : { ...candidate, range: shiftRange(candidate.range, -lineCount) };
}

function joinedSnapshot(document: DocumentSnapshot, lines: readonly string[]): DocumentSnapshot {
  const { uri, scheme, path, languageId, version, endOfLine, isReadonly, insertSpaces, tabSize } = document;
  return {
    ...{ uri, scheme, path, languageId, version, endOfLine, isReadonly, insertSpaces, tabSize },
    lineCount: document.lineCount + lines.length,
    lineAt: (line) => lines[line] ?? document.lineAt(line - lines.length),
  };
}

function shiftPosition({ line, character }: TextPosition, by: number): TextPosition {
  return { line: line + by, character };
}

function shiftRange({ start, end }: TextRange, by: number): TextRange {
  return { start: shiftPosition(start, by), end: shiftPosition(end, by) };
}
