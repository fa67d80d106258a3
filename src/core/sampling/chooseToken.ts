import { GlassboxError } from '../errors.js';
import { mostLikely } from './mostLikely.js';
import type { Random } from './random.js';
import type { SamplingOptions } from './samplingOptions.js';

/**
 * Chooses the next token. Greedy (temperature 0) takes the largest logit, the lowest id among equals. Otherwise, in
 * this order: divide by the temperature, keep the `topK` most likely, keep the smallest set that reaches `topP` of
 * what is left, keep what is at least `minP` times as likely as the likeliest, draw. One number is taken from `random`
 * per call that is not greedy. `TokenDistribution` shows the same choice as a whole.
 *
 * @param logits one row, [vocabulary]
 * @param allowed ids to choose from, their probabilities renormalised; all when undefined
 * @throws GlassboxError `internal` when no allowed token has a logit above minus infinity.
 */
export function chooseToken(
  logits: Float32Array,
  options: SamplingOptions,
  random: Random,
  allowed?: Uint32Array,
): number {
  const kept = keptTokens(logits, options, allowed);
  return options.temperature <= 0 ? draw(logits, kept, 1, 0) : draw(logits, kept, options.temperature, random());
}

/** The ids that {@link chooseToken} draws from, in no particular order; those without probability are never drawn. */
export function keptTokens(
  logits: Float32Array,
  { temperature, topK, topP, minP }: SamplingOptions,
  allowed?: Uint32Array,
): ArrayLike<number> {
  if (temperature <= 0) return mostLikely(logits, 1, allowed);
  const candidates = topK > 0 ? mostLikely(logits, topK, allowed) : (allowed ?? allIds(logits.length));
  const likely = topP < 1 ? nucleus(logits, candidates, temperature, topP) : candidates;
  return minP > 0 ? nearLikeliest(logits, likely, temperature, minP) : likely;
}

function allIds(count: number): Uint32Array {
  const ids = new Uint32Array(count);
  for (let id = 0; id < count; id++) ids[id] = id;
  return ids;
}

/** How many of the most likely tokens a nucleus is first looked for in; eight times as many at each further try. */
const firstNucleusSize = 64;

/** The smallest set of most likely candidates whose share of all candidates' probability reaches `topP`. */
function nucleus(
  logits: Float32Array,
  candidates: ArrayLike<number>,
  temperature: number,
  topP: number,
): ArrayLike<number> {
  const maximum = largest(logits, candidates);
  const weightOf = (id: number): number => weight(logits, id, temperature, maximum);
  let total = 0;
  for (let index = 0; index < candidates.length; index++) total += weightOf(candidates[index]!);
  for (let size = firstNucleusSize; ; size *= 8) {
    const sorted = mostLikely(logits, size, candidates);
    let reached = 0;
    for (const [index, id] of sorted.entries()) {
      reached += weightOf(id);
      if (reached >= topP * total) return sorted.slice(0, index + 1);
    }
    if (sorted.length < size) return sorted;
  }
}

/** The candidates whose probability is at least `minP` times the largest one's. */
function nearLikeliest(
  logits: Float32Array,
  candidates: ArrayLike<number>,
  temperature: number,
  minP: number,
): ArrayLike<number> {
  const maximum = largest(logits, candidates);
  const kept: number[] = [];
  for (let index = 0; index < candidates.length; index++) {
    const id = candidates[index]!;
    if (weight(logits, id, temperature, maximum) >= minP) kept.push(id);
  }
  return kept;
}

/** Draws an id by its weight; `point` in [0, 1) says where on the line of all weights. */
function draw(logits: Float32Array, ids: ArrayLike<number>, temperature: number, point: number): number {
  const maximum = largest(logits, ids);
  let total = 0;
  for (let index = 0; index < ids.length; index++) total += weight(logits, ids[index]!, temperature, maximum);
  let left = point * total;
  let chosen: number | undefined;
  for (let index = 0; index < ids.length && left >= 0; index++) {
    const id = ids[index]!;
    const share = weight(logits, id, temperature, maximum);
    if (share > 0) chosen = id;
    left -= share;
  }
  if (chosen === undefined) throw new GlassboxError('internal', 'The model gave no token that may come next.');
  return chosen;
}

/** Probability up to a constant factor; 0 for NaN, minus infinity and ids beyond the logits. */
function weight(logits: Float32Array, id: number, temperature: number, maximum: number): number {
  const logit = logits[id] ?? -Infinity;
  return logit > -Infinity ? Math.exp((logit - maximum) / temperature) : 0;
}

function largest(logits: Float32Array, ids: ArrayLike<number>): number {
  let maximum = -Infinity;
  for (let index = 0; index < ids.length; index++) {
    const logit = logits[ids[index]!] ?? -Infinity;
    if (logit > maximum) maximum = logit;
  }
  return maximum;
}
