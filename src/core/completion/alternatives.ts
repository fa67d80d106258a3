import { GlassboxError } from '../errors.js';
import type { Log } from '../log.js';
import type { SamplingOptions } from '../sampling/samplingOptions.js';
import type { CompletionCandidate, CompletionOutcome, CompletionSource, SkipReason } from './completionOutcome.js';
import { withSampling, type CompletionPlan } from './completionPlan.js';
import type { CompletionSources } from './completionSources.js';
import { toCandidate } from './offeredItem.js';
import { postProcess } from './postProcess/postProcess.js';
import type { StageWatch } from './stageWatch.js';

/** One suggestion, or why the text it would have been made from is not shown. */
export type Alternative =
  | { readonly kind: 'candidate'; readonly source: CompletionSource; readonly candidate: CompletionCandidate }
  | { readonly kind: 'skipped'; readonly reason: SkipReason };

/**
 * Gets one suggestion from the sources. A filter that decides whether to show it, and a memory of what the user
 * refused, have their place here, after post-processing.
 * @throws GlassboxError `cancelled`, or the engine's error
 */
export async function suggest(
  sources: CompletionSources,
  plan: CompletionPlan,
  watch: StageWatch,
  signal: AbortSignal,
): Promise<Alternative> {
  const { source, text, multiLine, generation, origin } = await sources.ask(plan, watch, signal);
  const processed = postProcess(text, { cursor: plan.context, maxLines: multiLine ? plan.maxLines : 1 });
  const alternative: Alternative =
    processed.kind === 'skip'
      ? { kind: 'skipped', reason: processed.reason }
      : { kind: 'candidate', source, candidate: toCandidate(processed.text, plan, { generation, origin }) };
  watch.lap('postProcessMs');
  return alternative;
}

/** How further alternatives are drawn. */
export interface AlternativeOptions {
  readonly sampling: readonly SamplingOptions[];
  readonly log: Log;
}

/**
 * Draws further suggestions one after the other: they share the prompt, so each costs its decode steps alone. An engine
 * error ends the drawing; what there is until then is kept.
 * @throws GlassboxError `cancelled`
 */
export async function drawAlternatives(
  sources: CompletionSources,
  plan: CompletionPlan,
  { sampling, log }: AlternativeOptions,
  watch: StageWatch,
  signal: AbortSignal,
): Promise<readonly Alternative[]> {
  const alternatives: Alternative[] = [];
  try {
    for (const options of sampling) {
      alternatives.push(await suggest(sources, withSampling(plan, options), watch, signal));
    }
  } catch (error) {
    if (GlassboxError.is(error, 'cancelled')) throw error;
    log.warn(`Drawing alternatives failed: ${GlassboxError.from(error).message}`);
  }
  return alternatives;
}

/** What is shown of the alternatives, equal texts once; or the reason of the first when none may be shown. */
export function outcomeOf(alternatives: readonly Alternative[], watch: StageWatch): CompletionOutcome {
  const shown = alternatives.filter((alternative) => alternative.kind === 'candidate');
  const [first] = shown;
  if (first === undefined) {
    const reason = alternatives.find((alternative) => alternative.kind === 'skipped')?.reason ?? 'blank-result';
    return { kind: 'skipped', reason };
  }
  const candidates = shown
    .map(({ candidate }) => candidate)
    .filter(({ text }, index, all) => all.findIndex((other) => other.text === text) === index);
  return { kind: 'shown', source: first.source, candidates, timings: watch.timings() };
}
