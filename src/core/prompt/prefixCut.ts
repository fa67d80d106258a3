/** Lines by which the start of the prefix moves when it has to. */
const blockLines = 16;

/** No tokenizer makes less of a text than one token for this many characters; longer stretches are not even encoded. */
const charactersPerToken = 32;

/**
 * Where the prefix starts so that it fits: the earliest line that is a multiple of 16 in the document and from which the
 * text has at most `limit` tokens. A start that merely fits would move with every new line, and each move makes the KV
 * cache of all that follows worthless; this one moves once in about 16 lines. When the last 16 lines alone are too long,
 * multiples of 8, 4, 2 and 1 are tried.
 *
 * @param prefix whole lines, each with its line break.
 * @param startLine line of the document at which `prefix` starts.
 * @param countTokens tokens of a stretch of whole lines.
 * @returns UTF-16 offset in `prefix`; its length when not even the last line fits.
 */
export function prefixCut(
  prefix: string,
  startLine: number,
  limit: number,
  countTokens: (lines: string) => number,
): number {
  const starts = lineStarts(prefix);
  for (let step = blockLines; step >= 1; step /= 2) {
    let end = prefix.length;
    let tokens = 0;
    for (let index = starts.length - 1; index >= 0; index--) {
      if (index > 0 && (startLine + index) % step !== 0) continue;
      const start = starts[index]!;
      if (end - start > (limit - tokens) * charactersPerToken) break;
      const added = countTokens(prefix.slice(start, end));
      if (tokens + added > limit) break;
      tokens += added;
      end = start;
    }
    if (end < prefix.length) return end;
  }
  return prefix.length;
}

/** Offsets of the line starts, without the empty line after the last line break. */
function lineStarts(text: string): number[] {
  const starts: number[] = [];
  for (let start = 0; start < text.length;) {
    starts.push(start);
    const lineBreak = text.indexOf('\n', start);
    start = lineBreak < 0 ? text.length : lineBreak + 1;
  }
  return starts;
}
