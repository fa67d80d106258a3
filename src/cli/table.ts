/** How a column is set: numbers to the right, everything else to the left. */
export interface TableColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/**
 * Sets rows in columns that are as wide as their widest cell, two blanks apart. The last column is not padded: put text
 * of unknown display width (Korean, emoji) there.
 *
 * @returns Lines ending with `\n`, the titles first.
 */
export function formatTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, index) =>
    lines.reduce((widest, line) => Math.max(widest, cell(line, index).length), 0),
  );
  return lines
    .map((line) =>
      columns
        .map(({ align }, index) => {
          if (align === 'right') return cell(line, index).padStart(widths[index]!);
          return index === columns.length - 1 ? cell(line, index) : cell(line, index).padEnd(widths[index]!);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
    .concat('\n');
}

function cell(line: readonly string[], index: number): string {
  return line[index] ?? '';
}
