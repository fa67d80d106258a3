/** Width of a line's leading blanks in columns; a tab reaches to the next multiple of `tabSize`. */
export function indentationColumns(line: string, tabSize: number): number {
  let columns = 0;
  for (const character of line) {
    if (character === '\t') columns += tabSize - (columns % tabSize);
    else if (character === ' ') columns++;
    else break;
  }
  return columns;
}

/** True when nothing visible stands in the text. */
export function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** True for a line that says too little to be recognised again: short, or brackets and punctuation alone. */
export function isTrivialLine(line: string, limit: number): boolean {
  const text = line.trim();
  return text.length <= limit || !/[\p{L}\p{N}]/u.test(text);
}
