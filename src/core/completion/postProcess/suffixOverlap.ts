import { completionConstants as constants } from '../completionConstants.js';
import type { CursorContext } from '../cursorContext.js';
import { isBlank, isTrivialLine } from '../indentation.js';
import { scanBrackets } from './brackets.js';

/** Cuts off what the document already says after the cursor: in the rest of the line, then in the lines below. */
export function cutAtSuffixOverlap(text: string, { window, restIsClosers }: CursorContext): string {
  const inLine = restIsClosers ? text : cutAtRestOfLine(text, window.restOfLine.trimEnd());
  return cutAtLinesBelow(inLine, window.following);
}

/**
 * `x = | + 1;` with `foo + 1;` becomes `foo`. Overlaps of a few word characters happen by chance and stay, and so does
 * an overlap that holds the partner of a bracket before it: `bar(| + y)` with `foo(x + y)` needs its `)`.
 */
function cutAtRestOfLine(text: string, rest: string): string {
  const whole = text.endsWith(rest) ? text.length - rest.length : text.indexOf(rest);
  const structured = rest.length >= constants.restOverlapCharacters && /[^\p{L}\p{N}_\s]/u.test(rest);
  if (whole >= 0 && (structured || text.endsWith(rest))) {
    return standsAlone(text, whole) ? text.slice(0, whole) : text;
  }
  for (let length = Math.min(text.length, rest.length - 1); length > 0; length--) {
    const overlap = rest.slice(0, length);
    const telling = length >= constants.restOverlapCharacters || !/[\p{L}\p{N}_\s]/u.test(overlap);
    if (telling && text.endsWith(overlap)) {
      return standsAlone(text, text.length - length) ? text.slice(0, -length) : text;
    }
  }
  return text;
}

/** True when nothing after `offset` closes a bracket that the text opened before it. */
function standsAlone(text: string, offset: number): boolean {
  const kept = scanBrackets(text.slice(0, offset)).unclosed.length;
  const all = scanBrackets(text).unclosed.filter((mark) => mark.offset < offset).length;
  return kept === all;
}

/**
 * Cuts before the first line (never the cursor's own) that begins like the text below the cursor, and cuts off last
 * lines that equal the first lines below. Lines of brackets alone are only cut off when they close nothing of the text.
 */
function cutAtLinesBelow(text: string, following: string): string {
  const below = following.split('\n').slice(1);
  while (below.length > 0 && isBlank(below[0] ?? '')) below.shift();
  const lines = text.split('\n');
  const probe = following.trimStart().slice(0, constants.suffixProbeCharacters);
  const rewritten = lines.findIndex((line, index) => index > 0 && line.trimStart().startsWith(probe));
  if (probe.length === constants.suffixProbeCharacters && rewritten > 0) return lines.slice(0, rewritten).join('\n');
  for (let count = Math.min(lines.length - 1, below.length); count > 0; count--) {
    const repeated = lines.slice(-count);
    if (!repeated.every((line, index) => line.trimEnd() === below[index]?.trimEnd())) continue;
    const kept = lines.slice(0, -count).join('\n');
    const telling = repeated.some((line) => !isTrivialLine(line, constants.trivialLineCharacters));
    if (telling || standsAlone(text, kept.length)) return kept;
  }
  return text;
}
