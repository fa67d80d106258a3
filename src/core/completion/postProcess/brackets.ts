/** A bracket or quote (one or three characters) of a text, and where it stands (UTF-16 offset). */
export interface Mark {
  readonly character: string;
  readonly offset: number;
}

/** What a text opens and leaves open, and what it closes without having opened it; both in the order of the text. */
export interface BracketScan {
  readonly unclosed: readonly Mark[];
  readonly unmatched: readonly Mark[];
}

/** How to read a text. */
export interface ScanOptions {
  /** The quote of a string that the text begins inside of, see {@link openQuote}. */
  readonly insideQuote?: string | undefined;
  /** Treat `<` and `>` as brackets (markup, type arguments). */
  readonly angles?: boolean;
}

const openerOf: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '>': '<' };
const quotes = '"\'`';

/**
 * Follows brackets with a stack, skipping strings. A string over several lines (template literal, triple quotes) that
 * does not end counts as open, and so does nothing in it; a simple quote without a partner in its line is an apostrophe.
 * A closing bracket that does not fit the innermost open one closes the nearest that fits; when none does, it closes
 * something left of the text.
 */
export function scanBrackets(text: string, options: ScanOptions = {}): BracketScan {
  const brackets = options.angles === true ? '()[]{}<>' : '()[]{}';
  const unclosed: Mark[] = [];
  const unmatched: Mark[] = [];
  let offset = 0;
  if (options.insideQuote !== undefined) {
    offset = endOfString(text, 0, options.insideQuote);
    if (text[offset] === options.insideQuote) unmatched.push({ character: options.insideQuote, offset });
    offset++;
  }
  for (; offset < text.length; offset++) {
    const character = text.charAt(offset);
    if (quotes.includes(character)) {
      const quote = quoteAt(text, offset);
      const end = endOfString(text, offset + quote.length, quote);
      if (text.startsWith(quote, end)) offset = end + quote.length - 1;
      else if (spansLines(quote)) return { unclosed: [...unclosed, { character: quote, offset }], unmatched };
    } else if (brackets.includes(character) && !isArrowHead(text, offset)) {
      follow(character, offset, unclosed, unmatched);
    }
  }
  return { unclosed, unmatched };
}

/** The quote of the string that is open at the end of a line; undefined when none is. Escaped quotes do not count. */
export function openQuote(line: string): string | undefined {
  let open: string | undefined;
  for (let offset = 0; offset < line.length; offset++) {
    const character = line.charAt(offset);
    if (character === '\\') offset++;
    else if (open === undefined && quotes.includes(character)) open = character;
    else if (character === open) open = undefined;
  }
  return open;
}

function follow(character: string, offset: number, unclosed: Mark[], unmatched: Mark[]): void {
  const opener = openerOf[character];
  if (opener === undefined) {
    unclosed.push({ character, offset });
    return;
  }
  const partner = unclosed.findLastIndex((mark) => mark.character === opener);
  if (partner < 0) unmatched.push({ character, offset });
  else unclosed.length = partner;
}

function quoteAt(text: string, offset: number): string {
  const quote = text.charAt(offset);
  return quote !== '`' && text.startsWith(quote.repeat(3), offset) ? quote.repeat(3) : quote;
}

function spansLines(quote: string): boolean {
  return quote === '`' || quote.length === 3;
}

/** Offset of the closing quote, or of the line end where a string must end there, or the length when neither comes. */
function endOfString(text: string, from: number, quote: string): number {
  for (let offset = from; offset < text.length; offset++) {
    if (text[offset] === '\\') offset++;
    else if (text.startsWith(quote, offset) || (text[offset] === '\n' && !spansLines(quote))) return offset;
  }
  return text.length;
}

function isArrowHead(text: string, offset: number): boolean {
  return text[offset] === '>' && (text[offset - 1] === '=' || text[offset - 1] === '-');
}
