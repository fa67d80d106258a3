import { agreementLevels, memorySources, type LevelEvidence } from './memoryEvidence.js';

/** Upper ends of the classes of support: 1, 2, 3 to 5 matches, and more. */
const supportEnds = [1, 2, 5];
/** Upper ends of the classes of the model's own confidence: the probability of its likeliest token. */
const confidenceEnds = [0.3, 0.7];

const supportClasses = supportEnds.length + 1;
const confidenceClasses = confidenceEnds.length + 1;

/** Weights of one source at one level. */
export const weightsPerLevel = supportClasses * 2 * confidenceClasses;

/** How many weights there are. */
export const mixingWeightCount = memorySources.length * agreementLevels.length * weightsPerLevel;

/**
 * Which weight holds for a piece of evidence: one for each source, level, class of support, whether all matches agree, and
 * class of the model's confidence.
 *
 * @param confidence the probability of the model's likeliest token.
 */
export function mixingWeightIndex({ source, level, total, counts }: LevelEvidence, confidence: number): number {
  const place = memorySources.indexOf(source) * agreementLevels.length + level;
  const support = place * supportClasses + classOf(total, supportEnds);
  const agreement = support * 2 + (counts.size === 1 ? 1 : 0);
  return agreement * confidenceClasses + classOf(confidence, confidenceEnds);
}

function classOf(value: number, ends: readonly number[]): number {
  const found = ends.findIndex((end) => value <= end);
  return found < 0 ? ends.length : found;
}
