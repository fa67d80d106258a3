import type { CodeLine } from './codeLines.js';

/** UTF-16 units of a text that is embedded; the bundled encoder reads 256 tokens, which are about 1,000. Own choice. */
const mostLength = 1_600;
/** UTF-16 units of the comment above a block that are put in front of its code. Own choice. */
const mostCommentLength = 240;

/** Stretches of lines, half-open. */
export interface LineStretch {
  readonly start: number;
  readonly end: number;
}

/**
 * What is embedded of a block: the first paragraph of the comment above it, and its code from the header on, moved to the
 * left, without blank lines. The encoder was trained on functions as they stand, without what documents them; a sentence in
 * front of the code helps where there is one.
 *
 * @param code Lines to take, in order, the header first.
 * @param comment Lines of the comment above.
 */
export function blockText(lines: readonly CodeLine[], code: readonly LineStretch[], comment: LineStretch): string {
  const taken = code.flatMap(({ start, end }) => lines.slice(start, end)).filter(({ text }) => text.trim() !== '');
  const columns = Math.min(...taken.map(({ indent }) => indent));
  const body = taken.map(({ text }) => withoutColumns(text, columns)).join('\n');
  const description = describedBy(lines.slice(comment.start, comment.end));
  return (description === '' ? body : `${description}\n${body}`).slice(0, mostLength).toWellFormed();
}

/** The first paragraph of a comment without its signs. */
function describedBy(comment: readonly CodeLine[]): string {
  const words = comment
    .filter(({ role }) => role === 'comment')
    .map(({ text }) => text.trim().replace(/^(?:\/\*+!?|\/\/+!?|#+!?|--+|\*(?!\/))\s?/, ''))
    .map((text) =>
      text
        .replace(/\*+\/$/, '')
        .replaceAll(/<\/?\w[^>]*>/g, '')
        .trim(),
    );
  const first = words.findIndex((text) => text !== '');
  if (first < 0) return '';
  const end = words.findIndex((text, index) => index > first && (text === '' || /^[@:\\]\w/.test(text)));
  return words
    .slice(first, end < 0 ? undefined : end)
    .join(' ')
    .slice(0, mostCommentLength);
}

function withoutColumns(text: string, columns: number): string {
  const blanks = /^[ \t]*/.exec(text)![0];
  let kept = 0;
  for (let passed = 0; kept < blanks.length && passed < columns; kept++) passed += blanks[kept] === '\t' ? 4 : 1;
  return text.slice(kept).trimEnd();
}
