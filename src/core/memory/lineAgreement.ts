import { textStart } from './tokenTexts.js';

/** Tokens of texts by place, with all that count as the same made one; negative between texts and beyond them. */
export type LikenessAt = (place: number) => number;

/** Lines with more tokens than this are not looked through. */
const longestLine = 64;

/**
 * How many tokens agree behind the end of a place's line, the line break included.
 *
 * @param ahead what stands behind the end of the other line: its likenesses, a line break first.
 * @returns 0 when the text ends before its line does.
 */
export function agreementAhead(likenessAt: LikenessAt, place: number, ahead: readonly number[]): number {
  const lineEnd = findLineEnd(likenessAt, place, ahead[0]!);
  let length = 0;
  while (lineEnd !== undefined && length < ahead.length && likenessAt(lineEnd + length) === ahead[length]) length++;
  return length;
}

/** The place of a line's first token; undefined where its start is not remembered, or it is very long. */
export function findLineStart(likenessAt: LikenessAt, lineEnd: number, lineBreak: number): number | undefined {
  for (let start = lineEnd; start > lineEnd - longestLine; start--) {
    const before = likenessAt(start - 1);
    if (before === lineBreak || before === textStart) return start;
    if (before < 0) return undefined;
  }
  return undefined;
}

/** Tokens of the line that a history ends with, without its indentation, which belongs to the line break. */
export function lineLengthOf(history: readonly number[], beginsWithBreak: (token: number) => boolean): number {
  const line = history.findLastIndex((token) => token < 0 || beginsWithBreak(token));
  return history.length - 1 - line;
}

function findLineEnd(likenessAt: LikenessAt, place: number, lineBreak: number): number | undefined {
  for (let end = place; end < place + longestLine; end++) {
    const token = likenessAt(end);
    if (token === lineBreak) return end;
    if (token < 0) return undefined;
  }
  return undefined;
}
