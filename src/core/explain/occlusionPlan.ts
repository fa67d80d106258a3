import type { FittedPrompt } from '../prompt/fittedPrompt.js';
import type { OcclusionUnit } from './occlusionUnits.js';

/** `grouped`: within {@link readLimit} tokens, far lines in groups first; `every-line`: each line, however long it takes. */
export type OcclusionDetail = 'grouped' | 'every-line';

/**
 * Tokens that a `grouped` occlusion may read. A prompt of 900 tokens is measured line by line within it; with the bundled
 * model it takes some seconds, with one of a hundred times its size some minutes.
 */
export const readLimit = 60_000;

/** Lines around the cursor that are always measured one by one. */
const nearUnits = 12;

/** Part of the limit that the first pass may take when it has groups; the rest is for the lines inside them. */
const firstPassShare = 0.5;

/** A group whose change is at least this, in nats, or this share of the largest change of all, is looked into. */
const refinedChange = { least: 0.1, share: 0.1 } as const;

/** What is left out one after the other before anything is known. */
export interface OcclusionPlan {
  readonly units: readonly OcclusionUnit[];
  /** Units that stand for several, with what they stand for, nearest to the cursor first. */
  readonly groups: ReadonlyMap<OcclusionUnit, readonly OcclusionUnit[]>;
}

/** Estimates the tokens that are read when a unit is left out: all those after it. Characters stand for tokens. */
export class OcclusionCost {
  readonly #fitted: FittedPrompt;
  readonly #tokensPerCharacter: number;
  readonly #fixedTokens: number;

  /**
   * @param promptTokens tokens of the whole prompt.
   * @param targetTokens tokens that are scored after it in each run.
   */
  constructor(fitted: FittedPrompt, promptTokens: number, targetTokens: number) {
    this.#fitted = fitted;
    this.#tokensPerCharacter = promptTokens / Math.max(1, lengthOf(fitted));
    this.#fixedTokens = targetTokens;
  }

  of(unit: OcclusionUnit): number {
    return this.#fixedTokens + this.#charactersAfter(unit) * this.#tokensPerCharacter;
  }

  sum(units: readonly OcclusionUnit[]): number {
    return units.reduce((total, unit) => total + this.of(unit), 0);
  }

  /** In the order of the prompt: path, chunks, prefix, suffix, current line. */
  #charactersAfter({ part, start }: OcclusionUnit): number {
    const { chunks, prefix, prefixStartLine, suffix, currentLine } = this.#fitted;
    if (part === 'suffix') return currentLine.length + suffix.split('\n').slice(start).join('\n').length;
    const afterPrefix = currentLine.length + suffix.length;
    if (part === 'prefix') {
      return (
        afterPrefix +
        prefix
          .split('\n')
          .slice(start - prefixStartLine)
          .join('\n').length
      );
    }
    const behind = part === 'path' ? chunks : chunks.slice(start);
    return afterPrefix + prefix.length + behind.reduce((sum, { text }) => sum + text.length, 0);
  }
}

/**
 * Plans the first pass. When leaving out line after line would read more than the limit, the far lines of the prefix go in
 * groups of neighbours, the smaller the better; what is near the cursor, the suffix, chunks and path stay single.
 */
export function planOcclusion(
  units: readonly OcclusionUnit[],
  cost: OcclusionCost,
  detail: OcclusionDetail,
): OcclusionPlan {
  if (detail === 'every-line' || cost.sum(units) <= readLimit) return { units, groups: new Map() };
  const isFar = new Set(units.filter(({ part }) => part === 'prefix').slice(nearUnits));
  const far = units.filter((unit) => isFar.has(unit));
  for (let size = 2; ; size *= 2) {
    const groups = groupsOf(far, size);
    const planned = inPlace(units, groups);
    if (size >= far.length || cost.sum(planned) <= readLimit * firstPassShare) return { units: planned, groups };
  }
}

/**
 * The lines inside the groups that matter, the most influential group first, as far as the limit lets them be measured.
 *
 * @param changes change in log-probability by unit, of the whole first pass.
 */
export function refineOcclusion(
  plan: OcclusionPlan,
  changes: ReadonlyMap<OcclusionUnit, number>,
  cost: OcclusionCost,
): readonly OcclusionUnit[] {
  const sizeOf = (unit: OcclusionUnit): number => Math.abs(changes.get(unit) ?? 0);
  const largest = Math.max(0, ...plan.units.map(sizeOf));
  const threshold = Math.max(refinedChange.least, refinedChange.share * largest);
  const candidates = [...plan.groups.keys()]
    .filter((group) => sizeOf(group) >= threshold)
    .sort((left, right) => sizeOf(right) - sizeOf(left));
  let left = readLimit - cost.sum(plan.units);
  const refined: OcclusionUnit[] = [];
  for (const group of candidates) {
    const lines = plan.groups.get(group)!;
    const needed = cost.sum(lines);
    if (needed > left) break;
    left -= needed;
    refined.push(...lines);
  }
  return refined;
}

/** Neighbours together; `far` goes from the cursor back, so the last of a group starts first. */
function groupsOf(far: readonly OcclusionUnit[], size: number): Map<OcclusionUnit, readonly OcclusionUnit[]> {
  const groups = new Map<OcclusionUnit, readonly OcclusionUnit[]>();
  for (let index = 0; index < far.length; index += size) {
    const lines = far.slice(index, index + size);
    const [nearest, farthest] = [lines[0]!, lines.at(-1)!];
    if (lines.length > 1) groups.set({ part: 'prefix', start: farthest.start, end: nearest.end }, lines);
  }
  return groups;
}

/** The units with each group in the place of its first line. */
function inPlace(
  units: readonly OcclusionUnit[],
  groups: ReadonlyMap<OcclusionUnit, readonly OcclusionUnit[]>,
): readonly OcclusionUnit[] {
  const groupOf = new Map([...groups].map(([group, lines]) => [lines[0]!, group]));
  const grouped = new Set([...groups.values()].flat());
  return units.flatMap((unit) => {
    const group = groupOf.get(unit);
    if (group !== undefined) return [group];
    return grouped.has(unit) ? [] : [unit];
  });
}

function lengthOf(fitted: FittedPrompt): number {
  const { path, chunks, prefix, suffix, currentLine } = fitted;
  const texts = [path, prefix, suffix, currentLine, ...chunks.flatMap((chunk) => [chunk.path, chunk.text])];
  return texts.reduce((sum, text) => sum + text.length, 0);
}
