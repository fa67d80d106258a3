/**
 * Bits of surprisal at which the next step of the scale begins: from 1 bit (a probability of a half) to 13 (one in 8,192,
 * as unlikely as any token of a small vocabulary by chance). What is below the first is not painted.
 */
export const surprisalSteps = [1, 2, 4, 6, 9, 13] as const;

/** Surprisal in bits: minus the binary logarithm of the probability. @param logProb natural logarithm */
export function surprisalBits(logProb: number): number {
  return -logProb / Math.LN2;
}

/** Step of the scale, 0 (as good as expected) to the number of steps. NaN, where nobody asked the model, is 0. */
export function surprisalStep(bits: number): number {
  return surprisalSteps.filter((from) => bits >= from).length;
}
