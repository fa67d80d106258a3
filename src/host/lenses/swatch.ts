/**
 * A piece of a theme colour for a Markdown text that may hold HTML.
 *
 * @param line characters drawn on it, which stand for the line below what is painted so
 */
export function swatch(color: string, line: string): string {
  const variable = `--vscode-${color.replaceAll('.', '-')}`;
  return `<span style="background-color:var(${variable});">&nbsp;${line}&nbsp;</span>`;
}
