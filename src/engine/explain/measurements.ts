import { explainedLogProb, sharedTokenCount } from '../../core/explain/explainedTokens.js';
import type { Occlusion, OcclusionResult } from '../../core/explain/occlusion.js';
import type { OcclusionUnit } from '../../core/explain/occlusionUnits.js';
import type { ScoredTarget } from './targetScorer.js';

/** The explained text and the one it is compared with, after the same prompt. */
export interface ScoredPair {
  readonly target: ScoredTarget;
  /** Undefined when nothing is compared. */
  readonly contrast: ScoredTarget | undefined;
}

/** Collects what the runs gave, relative to the whole prompt. */
export class Measurements {
  /** By unit: change of the explained text's log-probability. */
  readonly changes = new Map<OcclusionUnit, number>();
  readonly #whole: ScoredPair;
  readonly #firstDifferent: number;
  readonly #results = new Map<OcclusionUnit, OcclusionResult>();
  #runCount = 1;
  #readTokenCount: number;

  constructor(whole: ScoredPair) {
    this.#whole = whole;
    this.#firstDifferent = sharedTokenCount(whole.target.tokens, whole.contrast?.tokens ?? []);
    this.#readTokenCount = readTokensOf(whole);
  }

  /** Prompts scored so far, the whole one included. */
  get runCount(): number {
    return this.#runCount;
  }

  /** Takes note of what a prompt without the unit gave. */
  add(unit: OcclusionUnit, pair: ScoredPair): OcclusionResult {
    this.#runCount++;
    this.#readTokenCount += readTokensOf(pair);
    const change = explainedLogProb(pair.target.tokens) - explainedLogProb(this.#whole.target.tokens);
    const contrastChange =
      pair.contrast === undefined ? undefined : this.#difference(pair) - this.#difference(this.#whole);
    const result = { unit, change, contrastChange, isRefined: false };
    this.changes.set(unit, change);
    this.#results.set(unit, result);
    return result;
  }

  /** Marks the groups of which all lines were measured; returns them. */
  refine(
    groups: ReadonlyMap<OcclusionUnit, readonly OcclusionUnit[]>,
    lines: readonly OcclusionUnit[],
  ): readonly OcclusionResult[] {
    const known = new Set(lines);
    const refined = [...groups].flatMap(([group, members]) => {
      const result = this.#results.get(group);
      return result !== undefined && members.every((line) => known.has(line)) ? [{ ...result, isRefined: true }] : [];
    });
    for (const result of refined) this.#results.set(result.unit, result);
    return refined;
  }

  /** Everything that was measured. */
  finish(isGrouped: boolean): Occlusion {
    const { target, contrast } = this.#whole;
    return {
      logProb: explainedLogProb(target.tokens),
      contrast: contrast && {
        logProb: explainedLogProb(target.tokens, this.#firstDifferent),
        otherLogProb: explainedLogProb(contrast.tokens, this.#firstDifferent),
      },
      results: [...this.#results.values()],
      runCount: this.#runCount,
      readTokenCount: this.#readTokenCount,
      isGrouped,
    };
  }

  #difference({ target, contrast }: ScoredPair): number {
    const first = this.#firstDifferent;
    return explainedLogProb(target.tokens, first) - explainedLogProb(contrast?.tokens ?? [], first);
  }
}

function readTokensOf({ target, contrast }: ScoredPair): number {
  return target.readTokenCount + (contrast?.readTokenCount ?? 0);
}

/** Tokens that are scored in each run. */
export function tokenCountOf({ target, contrast }: ScoredPair): number {
  return target.tokens.length + (contrast?.tokens.length ?? 0);
}
