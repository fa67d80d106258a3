import type { TokenizingFigure } from './measureTokenizing.js';

/** Titles of the table of tokenizing. */
export const tokenizingTitles = ['1 MB of text', 'tokenizer', 'Glassbox, with offsets', 'library, ids alone', 'ratio'];

/** Rows of the table of tokenizing. */
export function tokenizingRows(figures: readonly TokenizingFigure[]): string[][] {
  return figures.map(({ text, tokenizer, peer, megabytesPerSecond, peerMegabytesPerSecond, ratio, aim }) => [
    text,
    tokenizer,
    formatSpeed(megabytesPerSecond),
    peerMegabytesPerSecond === undefined ? '-' : `${peer} ${formatSpeed(peerMegabytesPerSecond)}`,
    ratio === undefined ? '' : `${ratio.toFixed(2)}x${aim === undefined ? '' : ` (aim ${aim})`}`,
  ]);
}

function formatSpeed(megabytesPerSecond: number): string {
  return `${megabytesPerSecond < 10 ? megabytesPerSecond.toFixed(2) : megabytesPerSecond.toFixed(0)} MB/s`;
}
