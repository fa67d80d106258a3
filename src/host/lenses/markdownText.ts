/** A text as inline code in a cell of a Markdown table; nothing in it can end the code, the cell or the line. */
export function codeCell(text: string): string {
  const longest = [...text.matchAll(/`+/g)].reduce((length, [run]) => Math.max(length, run.length), 0);
  const fence = '`'.repeat(longest + 1);
  // A space after the fence keeps a backtick, or a space of the text's own, from being taken for markup.
  const inner = /^[\s`]|[\s`]$/.test(text) || text === '' ? ` ${text} ` : text;
  return `${fence}${inner.replaceAll('|', '\\|')}${fence}`;
}

/** A text as it is, whatever Markdown would make of it. */
export function plainCell(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>&~$]/g, '\\$&').replace(/\s+/g, ' ');
}

/** A Markdown table; cells are Markdown already. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
