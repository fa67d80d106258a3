import { weightsPerLevel } from '../../../src/core/memory/mixingClasses.js';

/** Where the fitted weights stand, relative to the repository. */
export const weightsPath = 'src/core/memory/mixingWeights.ts';

/** The source file of fitted weights, a row for each source and level. */
export function weightsFile(weights: ArrayLike<number>): string {
  const rows: string[] = [];
  for (let start = 0; start < weights.length; start += weightsPerLevel) {
    const row = Array.from({ length: weightsPerLevel }, (_, index) => Number(weights[start + index]!.toFixed(3)));
    rows.push(`  ${row.join(', ')},\n`);
  }
  return `/**
 * Weights of evidence by \`mixingWeightIndex\`, a row for each source and level. Fitted on the validation repositories with
 * the bundled model; \`npm run mixing\` writes this file.
 */
// prettier-ignore
export const mixingWeights: readonly number[] = [
${rows.join('')}];
`;
}
