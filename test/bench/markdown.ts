import { formatEnvironment, tabulate, type BenchReport } from '../../src/cli/bench/benchReport.js';

/** The report as a Markdown table, with the command and the machine below it. */
export function formatMarkdown(report: BenchReport): string {
  const { titles, rows } = tabulate(report);
  const lines = [titles, titles.map((_, index) => (index === 0 ? '---' : '--:')), ...rows];
  const table = lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return `${table}\n\n\`npm run bench -- --markdown\` on ${formatEnvironment(report)}. Medians of rounds measured in turn, the order reversed every round; a ratio is the median over the rounds of the peer's time divided by Glassbox's.\n`;
}

/** A Markdown table whose first column is set to the left. */
export function markdownTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [titles, titles.map((_, index) => (index === 0 ? '---' : '--:')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
