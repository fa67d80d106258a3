import { explainedLogProb, sharedTokenCount, type ExplainTarget } from '../../core/explain/explainedTokens.js';
import type { Occlusion, OcclusionProgress, OcclusionResult } from '../../core/explain/occlusion.js';
import {
  OcclusionCost,
  planOcclusion,
  refineOcclusion,
  type OcclusionDetail,
} from '../../core/explain/occlusionPlan.js';
import { occlusionUnits, withoutUnit, type OcclusionUnit } from '../../core/explain/occlusionUnits.js';
import { describePrompt, type PromptLayout } from '../../core/explain/promptLayout.js';
import type { FittedPrompt } from '../../core/prompt/fittedPrompt.js';
import { decodeUtf8 } from '../../core/text/utf8.js';
import type { ExplainParams, SuggestionExplanation } from '../../protocol/explainContract.js';
import type { AnalysisTurn } from '../analysis/analysisTurn.js';
import { TargetScorer, type ScoredTarget, type TargetScorerOptions } from './targetScorer.js';

/** What explaining is done with. */
export interface SuggestionExplainerOptions extends TargetScorerOptions {
  readonly contextLength: number;
}

type Explained = Omit<ExplainParams, 'folder'>;

/** The explained text and the one it is compared with, after the same prompt. */
interface ScoredPair {
  readonly target: ScoredTarget;
  readonly contrast: ScoredTarget | undefined;
}

/** Answers "why this suggestion?" by asking the model that wrote it again. */
export class SuggestionExplainer {
  readonly #options: SuggestionExplainerOptions;
  readonly #scorer: TargetScorer;

  constructor(options: SuggestionExplainerOptions) {
    this.#options = options;
    this.#scorer = new TargetScorer(options);
  }

  /** See `explain/suggestion`. @throws GlassboxError `context-too-long`, `cancelled`. */
  async explain(explained: Explained, alternativeCount: number, turn: AnalysisTurn): Promise<SuggestionExplanation> {
    const fitted = this.#options.composer.fit(explained.prompt);
    const { target, contrast } = await this.#scorePair(fitted, explained, alternativeCount, turn);
    return {
      prompt: this.#layout(explained, fitted),
      healedTokenCount: target.healedTokenCount,
      tokens: target.tokens,
      contrastTokens: contrast?.tokens ?? [],
    };
  }

  /** See `explain/occlude`. @throws GlassboxError `context-too-long`, `cancelled`. */
  async occlude(
    explained: Explained,
    detail: OcclusionDetail,
    report: (progress: OcclusionProgress) => void,
    turn: AnalysisTurn,
  ): Promise<Occlusion> {
    const fitted = this.#options.composer.fit(explained.prompt);
    const layout = this.#layout(explained, fitted);
    const keptSuffix = layout.parts.find(({ kind }) => kind === 'suffix')?.text.length ?? 0;
    const whole = await this.#scorePair(fitted, explained, 0, turn);
    const measured = new Measurements(whole);
    const measure = async (units: readonly OcclusionUnit[], totalRuns: number): Promise<void> => {
      for (const unit of units) {
        const pair = await this.#scorePair(withoutUnit(fitted, unit), explained, 0, turn);
        report({ results: [measured.add(unit, pair)], doneRuns: measured.runCount, totalRuns });
      }
    };
    const cost = new OcclusionCost(fitted, layout.tokenCount, tokenCountOf(whole));
    const plan = planOcclusion(occlusionUnits(fitted, keptSuffix), cost, detail);
    report({ results: [], doneRuns: measured.runCount, totalRuns: plan.units.length + 1 });
    await measure(plan.units, plan.units.length + 1);
    const lines = refineOcclusion(plan, measured.changes, cost);
    await measure(lines, plan.units.length + 1 + lines.length);
    const refined = measured.refine(plan.groups, lines);
    report({ results: refined, doneRuns: measured.runCount, totalRuns: measured.runCount });
    return measured.finish(plan.groups.size > 0);
  }

  async #scorePair(
    fitted: FittedPrompt,
    { target, contrastText }: Explained,
    alternativeCount: number,
    turn: AnalysisTurn,
  ): Promise<ScoredPair> {
    const scored = await this.#scorer.score(fitted, target, alternativeCount, turn);
    if (contrastText === '') return { target: scored, contrast: undefined };
    const other: ExplainTarget = { text: contrastText, ids: [], from: target.from };
    return { target: scored, contrast: await this.#scorer.score(fitted, other, alternativeCount, turn) };
  }

  #layout({ prompt }: Explained, fitted: FittedPrompt): PromptLayout {
    const { composer, contextLength, tokenizer } = this.#options;
    const { table } = tokenizer;
    return describePrompt({
      parts: prompt,
      fitted,
      pieces: composer.pieces(fitted),
      contextLength,
      nameOf: (id) => table.nameOf(id),
      lengthOf: (ids) => {
        const bytes = Uint8Array.from(ids.flatMap((id) => [...table.bytesOf(id)]));
        return decodeUtf8(bytes).replace(/\uFFFD+$/, '').length;
      },
    });
  }
}

/** Collects what the runs gave, relative to the whole prompt. */
class Measurements {
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

  get runCount(): number {
    return this.#runCount;
  }

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

function tokenCountOf({ target, contrast }: ScoredPair): number {
  return target.tokens.length + (contrast?.tokens.length ?? 0);
}
