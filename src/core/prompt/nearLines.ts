/** The near lines begin at a multiple of this many, so that they stay the same while a few lines are typed. */
const blockLines = 8;

/**
 * Where the lines just above the cursor begin that stand after the suffix. A prompt in the order prefix, suffix, middle
 * has the suffix between a line and the one before it, which small models hardly learn to look across; suffix, prefix,
 * middle (SPM in Bavarian et al. 2022) has not, but a bracket that the editor closes changes the suffix, and with it
 * everything after. So only some lines follow the suffix: at least `fewest` where there are as many, and at most 7 more.
 *
 * @param prefix whole lines, each with its line break.
 * @param startLine line of the document at which `prefix` starts.
 * @param fewest lines; 0 puts the whole prefix before the suffix.
 * @returns UTF-16 offset in `prefix`; its length when no line follows the suffix, 0 when all do.
 */
export function nearStart(prefix: string, startLine: number, fewest: number): number {
  if (fewest === 0) return prefix.length;
  const starts: number[] = [];
  for (let start = 0; start < prefix.length; start = prefix.indexOf('\n', start) + 1) starts.push(start);
  const first = Math.floor((startLine + starts.length - fewest) / blockLines) * blockLines;
  return starts[Math.max(0, first - startLine)] ?? prefix.length;
}
