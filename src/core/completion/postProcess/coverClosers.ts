import { isClosersOnly } from '../cursorContext.js';
import { openQuote, scanBrackets, type Mark } from './brackets.js';

/**
 * How many units right of the cursor a suggestion replaces, because it writes them itself: with `foo(|)` and `a, b)`
 * the `)` that the editor closed, so that it does not stand there twice. Only brackets that the text closes without
 * having opened them count, each for one closer, from the inside out: with `bar(|)` and `foo(a)` nothing is replaced,
 * since that `)` belongs to the text's own `(`. A mark that ends a statement (`;`) or opens a block (`{`) behind the
 * closers goes along when the text writes it too.
 *
 * @param currentLine the line left of the cursor, needed to know whether the cursor stands in a string
 * @returns 0 when other text than closers follows
 */
export function coveredLength(text: string, currentLine: string, restOfLine: string): number {
  const rest = restOfLine.trim();
  if (rest === '' || !isClosersOnly(restOfLine)) return 0;
  const angles = rest.startsWith('>');
  const { unmatched } = scanBrackets(text, { insideQuote: stringAtCursor(text, currentLine, rest), angles });
  const { covered, written } = matchClosers(unmatched, restOfLine);
  const mark = restOfLine.slice(covered).trim();
  const after = text.slice(written).trimStart();
  const repeatsMark = after.startsWith(mark) || (!text.includes('\n') && text.trimEnd().endsWith(mark));
  return /^[:{;,]$/.test(mark) && repeatsMark ? restOfLine.trimEnd().length : covered;
}

/** Pairs what the text closes with what stands right of the cursor, as long as they are the same. */
function matchClosers(unmatched: readonly Mark[], restOfLine: string): { covered: number; written: number } {
  let [covered, written] = [0, 0];
  for (const { character, offset } of unmatched) {
    const next = covered + (/^\s*/.exec(restOfLine.slice(covered))?.[0].length ?? 0);
    if (restOfLine[next] !== character) break;
    covered = next + 1;
    written = offset + 1;
  }
  return { covered, written };
}

/** The string the cursor stands in. An open quote that neither the text nor the editor closes is an apostrophe. */
function stringAtCursor(text: string, currentLine: string, rest: string): string | undefined {
  const quote = openQuote(currentLine);
  return quote !== undefined && (rest.startsWith(quote) || text.includes(quote)) ? quote : undefined;
}
