/** Which stretch of a generated text a suggestion shows, in UTF-16 units of the generated text, half-open. */
export interface ShownStretch {
  /** What stands before it was typed by the user. */
  readonly from: number;
  readonly to: number;
  /** True when the suggestion is that stretch to the letter; false when blanks were changed or something was added. */
  readonly isVerbatim: boolean;
}

/**
 * Finds a suggestion in the text that it was made from. Post-processing cuts the text, changes its blanks (indentation, line
 * ends) and may add closing brackets; what is visible stays in order, so visible characters are what is compared.
 *
 * @param generated the whole text of the model, `\n` line ends.
 * @param typedSince what the user typed of it.
 * @param shown what was offered after that.
 */
export function findShown(generated: string, typedSince: string, shown: string): ShownStretch {
  const from = advance(generated, 0, typedSince);
  const to = advance(generated, from, shown);
  return { from, to, isVerbatim: generated.slice(from, to) === shown };
}

/** The offset in `text` after walking over the visible characters of `part`, as far as they agree. */
function advance(text: string, start: number, part: string): number {
  let offset = start;
  let reached = start;
  for (const character of part) {
    if (isBlank(character)) {
      if (text.startsWith(character, offset)) reached = ++offset;
      continue;
    }
    while (offset < text.length && isBlank(text[offset]!)) offset++;
    if (!text.startsWith(character, offset)) break;
    offset += character.length;
    reached = offset;
  }
  return reached;
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}
