import type { ExplainTarget } from '../../core/explain/explainedTokens.js';
import type { Occlusion, OcclusionProgress } from '../../core/explain/occlusion.js';
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
import type { ExplainParams, SuggestionExplanation, SuggestionParams } from '../../protocol/explainContract.js';
import type { AnalysisTurn } from '../analysis/analysisTurn.js';
import type { DecoderSession } from '../decoding/decoderSession.js';
import type { WorkspaceMemory } from '../memory/workspaceMemory.js';
import { ContinuationReader } from './continuationReader.js';
import { Measurements, tokenCountOf, type ScoredPair } from './measurements.js';
import { TargetScorer, type ScoreOptions, type TargetScorerOptions } from './targetScorer.js';

/** What explaining is done with. */
export interface SuggestionExplainerOptions extends TargetScorerOptions {
  /** The decoder of completions; its cache is left alone. */
  readonly decoder: DecoderSession;
  readonly contextLength: number;
  /** What completion draws on beside the model. */
  readonly memory: WorkspaceMemory;
}

type Explained = Omit<ExplainParams, 'folder'>;

/** What leaving out asks for: figures of the model alone. */
const figuresAlone: ScoreOptions = { alternativeCount: 0, around: () => undefined };

/** Answers "why this suggestion?" by asking the model that wrote it again. */
export class SuggestionExplainer {
  readonly #options: SuggestionExplainerOptions;
  readonly #running = new Set<Promise<unknown>>();

  constructor(options: SuggestionExplainerOptions) {
    this.#options = options;
  }

  /** Waits for what runs. */
  async release(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  /** See `explain/suggestion`. @throws GlassboxError `context-too-long`, `cancelled`. */
  explain(explained: Omit<SuggestionParams, 'folder'>, turn: AnalysisTurn): Promise<SuggestionExplanation> {
    const { prompt, memory, singleLine, alternativeCount } = explained;
    const wanted = { prompt, memory, stop: { singleLine } };
    return this.#run(async () => {
      const fitted = this.#options.composer.fit(prompt);
      const { target, contrast } = await scorePair(this.#scorer(turn), fitted, explained, {
        alternativeCount,
        around: (composed, healed) => this.#options.memory.around(wanted, composed, healed),
      });
      return {
        prompt: this.#layout(explained, fitted),
        healedTokenCount: target.healedTokenCount,
        tokens: target.tokens,
        contrastTokens: contrast?.tokens ?? [],
      };
    });
  }

  /** See `explain/occlude`. @throws GlassboxError `context-too-long`, `cancelled`. */
  occlude(
    explained: Explained,
    detail: OcclusionDetail,
    report: (progress: OcclusionProgress) => void,
    turn: AnalysisTurn,
  ): Promise<Occlusion> {
    return this.#run(async () => {
      const scorer = this.#scorer(turn);
      const fitted = this.#options.composer.fit(explained.prompt);
      const layout = this.#layout(explained, fitted);
      const whole = await scorePair(scorer, fitted, explained, figuresAlone);
      const measured = new Measurements(whole);
      const cost = new OcclusionCost(fitted, layout.tokenCount, tokenCountOf(whole));
      const plan = planOcclusion(occlusionUnits(fitted, keptSuffixLength(layout)), cost, detail);
      const measure = async (units: readonly OcclusionUnit[], totalRuns: number): Promise<void> => {
        report({ results: [], doneRuns: measured.runCount, totalRuns });
        for (const unit of units) {
          const pair = await scorePair(scorer, withoutUnit(fitted, unit), explained, figuresAlone);
          report({ results: [measured.add(unit, pair)], doneRuns: measured.runCount, totalRuns });
        }
      };
      await measure(plan.units, plan.units.length + 1);
      const lines = refineOcclusion(plan, measured.changes, cost);
      await measure(lines, measured.runCount + lines.length);
      const { runCount } = measured;
      report({ results: measured.refine(plan.groups, lines), doneRuns: runCount, totalRuns: runCount });
      return measured.finish(plan.groups.size > 0);
    });
  }

  #scorer(turn: AnalysisTurn): TargetScorer {
    return new TargetScorer(this.#options, new ContinuationReader(this.#options.decoder, turn));
  }

  #run<T>(task: () => Promise<T>): Promise<T> {
    const running = task();
    this.#running.add(running);
    const forget = (): void => void this.#running.delete(running);
    running.then(forget, forget);
    return running;
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

async function scorePair(
  scorer: TargetScorer,
  fitted: FittedPrompt,
  { target, contrastText }: Explained,
  options: ScoreOptions,
): Promise<ScoredPair> {
  const scored = await scorer.score(fitted, target, options);
  if (contrastText === '') return { target: scored, contrast: undefined };
  const other: ExplainTarget = { text: contrastText, ids: [], from: target.from };
  return { target: scored, contrast: await scorer.score(fitted, other, options) };
}

function keptSuffixLength({ parts }: PromptLayout): number {
  return parts.find(({ kind }) => kind === 'suffix')?.text.length ?? 0;
}
