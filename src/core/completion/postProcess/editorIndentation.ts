/** How the editor indents this document. */
export interface IndentationStyle {
  readonly insertSpaces: boolean;
  readonly tabSize: number;
}

/**
 * Writes the indentation of each line the way the editor does: tabs as spaces, or each full tab's width of spaces as a
 * tab (a remainder aligns and stays). The first line is one only when nothing but blanks stands left of the cursor.
 */
export function toEditorIndentation(text: string, currentLine: string, style: IndentationStyle): string {
  return text
    .split('\n')
    .map((line, index) => (index > 0 || currentLine.trim() === '' ? reindent(line, style) : line))
    .join('\n');
}

function reindent(line: string, { insertSpaces, tabSize }: IndentationStyle): string {
  return line.replace(/^[ \t]+/, (blanks) => {
    const spaces = blanks.replaceAll('\t', ' '.repeat(tabSize));
    return insertSpaces ? spaces : spaces.replaceAll(' '.repeat(tabSize), '\t');
  });
}
