import { formatNumber } from '../boot/strings.js';

/** Shares below this are written as "less than". */
const leastShare = 0.0001;

/** A probability or share as a percentage: two digits after the mark, and never a misleading 0 or 100. */
export function formatShare(share: number): string {
  if (share > 0 && share < leastShare) return `<${percent(leastShare, 2)}`;
  if (share < 1 && share > 1 - leastShare) return `>${percent(1 - leastShare, 2)}`;
  return percent(share, 2);
}

/** A share that was chosen, or an end of an axis: whole percents. */
export function formatPercent(share: number): string {
  return percent(share, 0);
}

/** A natural logarithm of a probability. */
export function formatLogProb(logProb: number): string {
  return formatNumber(logProb, 2);
}

function percent(share: number, fractionDigits: number): string {
  return `${formatNumber(share * 100, fractionDigits)}%`;
}
