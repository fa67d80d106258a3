import { completionConstants as constants } from '../completionConstants.js';
import { isTrivialLine } from '../indentation.js';

/** Words, and runs of one mark; blanks do not count. */
const lexemes = /[\p{L}\p{M}\p{N}_]+|([^\s\p{L}\p{M}\p{N}_])\1*/gu;

/** The same three to sixteen word characters four times in a row. */
const stutters = /([\p{L}\p{M}\p{N}_]{3,16}?)\1{3}/gu;

/**
 * True when a text is a loop: its end repeats a short period, a word repeats a part of itself, or the same line comes
 * several times in a row.
 */
export function repeatsItself(text: string): boolean {
  const words = text.match(lexemes) ?? [];
  // The last word may be cut off where the tokens were used up.
  return endsInLoop(words) || endsInLoop(words.slice(0, -1)) || hasStutter(text) || hasRepeatedLines(text);
}

function endsInLoop(words: readonly string[]): boolean {
  return constants.repetitions.some(
    ([length, longestPeriod]) => words.length >= length && shortestPeriod(words.slice(-length)) <= longestPeriod,
  );
}

/** Length of the shortest piece that, repeated, gives the whole sequence (prefix function of Knuth, Morris and Pratt). */
export function shortestPeriod(sequence: readonly string[]): number {
  const borders = [0];
  for (let index = 1; index < sequence.length; index++) {
    let border = borders[index - 1] ?? 0;
    while (border > 0 && sequence[index] !== sequence[border]) border = borders[border - 1] ?? 0;
    borders.push(sequence[index] === sequence[border] ? border + 1 : 0);
  }
  return sequence.length - (borders.at(-1) ?? 0);
}

/** A word like `node_node_node_node`; digits alone are data. */
function hasStutter(text: string): boolean {
  return (text.match(stutters) ?? []).some((stutter) => /\p{L}/u.test(stutter));
}

function hasRepeatedLines(text: string): boolean {
  let run = 1;
  const lines = text.split('\n');
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] ?? '';
    run = line === lines[index - 1] && !isTrivialLine(line, constants.trivialLineCharacters) ? run + 1 : 1;
    if (run >= constants.repeatedLines) return true;
  }
  return false;
}
