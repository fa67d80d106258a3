const loneSurrogates = /\p{Surrogate}/gu;
const strayReturns = /\r/g;

/**
 * Makes one line of a document fit for a prompt: a lone surrogate becomes U+FFFD (it has no UTF-8 form), a stray
 * carriage return a blank. The length stays the same, so offsets into the line stay valid.
 */
export function toPromptLine(line: string): string {
  return line.replace(loneSurrogates, '\uFFFD').replace(strayReturns, ' ');
}

/** The first `limit` units of a text, one less where the cut would divide a surrogate pair. */
export function headOf(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return text.slice(0, dividesPair(text, limit) ? limit - 1 : limit);
}

/** The text from `start` on, one unit later where the cut would divide a surrogate pair. */
export function tailFrom(text: string, start: number): string {
  return text.slice(dividesPair(text, start) ? start + 1 : start);
}

/** True when `offset` stands between the two halves of a surrogate pair, where no cursor can be. */
export function dividesPair(text: string, offset: number): boolean {
  if (offset <= 0 || offset >= text.length) return false;
  const before = text.charCodeAt(offset - 1);
  const after = text.charCodeAt(offset);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}
