import type { Clock } from '../clock.js';
import { pause } from '../flow/abortable.js';
import type { CompletionCache } from './completionCache.js';
import type { CompletionSource } from './completionOutcome.js';
import type { CompletionPlan } from './completionPlan.js';
import type { GenerationResult } from './generation.js';
import type { CandidateOrigin } from './generationOrigin.js';
import type { GenerationSlot } from './generationSlot.js';
import { hasCompleteLine } from './postProcess/lineLimit.js';
import { agrees } from './runningGeneration.js';
import type { StageWatch } from './stageWatch.js';
import type { TypingRhythm } from './typingRhythm.js';

/** Text of the model that continues at the cursor, not yet post-processed. */
export interface RawSuggestion {
  readonly source: CompletionSource;
  readonly text: string;
  readonly multiLine: boolean;
  /** Undefined while the model is still writing. */
  readonly generation: GenerationResult | undefined;
  readonly origin: CandidateOrigin;
}

/** What the sources share. */
export interface CompletionSourcesDeps {
  readonly clock: Clock;
  readonly cache: CompletionCache;
  readonly slot: GenerationSlot;
  readonly rhythm: TypingRhythm;
  /** Called right before the model is asked: idle work has to make room. */
  readonly beforeGeneration: (plan: CompletionPlan) => void;
}

type Source = (plan: CompletionPlan, watch: StageWatch, signal: AbortSignal) => Promise<RawSuggestion | undefined>;

/**
 * Where raw text comes from, asked in order until one answers; the model, last, always does. A source that proposes
 * without a model (n-grams of the user's own files) has its place before it.
 */
export class CompletionSources {
  readonly #deps: CompletionSourcesDeps;
  readonly #inOrder: readonly Source[];

  constructor(deps: CompletionSourcesDeps) {
    this.#deps = deps;
    this.#inOrder = [
      (plan) => Promise.resolve(this.#fromCache(plan)),
      (plan, watch, signal) => this.#fromRunning(plan, watch, signal),
      (plan, watch, signal) => this.#fromModel(plan, watch, signal),
    ];
  }

  /** @throws GlassboxError `cancelled`, or the engine's error */
  async ask(plan: CompletionPlan, watch: StageWatch, signal: AbortSignal): Promise<RawSuggestion> {
    for (const source of this.#inOrder) {
      const suggestion = await source(plan, watch, signal);
      if (suggestion !== undefined) return suggestion;
    }
    const origin = { ...plan.origin, typedSince: '' };
    return { source: 'model', text: '', multiLine: plan.multiLine, generation: undefined, origin };
  }

  #fromCache(plan: CompletionPlan): RawSuggestion | undefined {
    const hit = this.#deps.cache.find(plan.anchors, plan.multiLine);
    return hit === undefined ? undefined : { source: 'cache', ...hit };
  }

  /**
   * Waits for a generation that agrees with what was typed meanwhile. To someone who types, its first complete line is
   * enough; the rest is there when it is needed. When it turns to something else, the next source is asked.
   */
  async #fromRunning(plan: CompletionPlan, watch: StageWatch, signal: AbortSignal): Promise<RawSuggestion | undefined> {
    const { running } = this.#deps.slot;
    const since = running?.typedSince(plan.anchors);
    if (running === undefined || since === undefined) return undefined;
    const isEnough = (text: string): boolean =>
      !agrees(text, since) || (plan.isDelayed && hasCompleteLine(text.slice(since.length)));
    const { text, result } = await running.wait(isEnough, signal);
    watch.lap('engineMs');
    const rest = text.slice(since.length);
    if (!text.startsWith(since) || rest.trim() === '') return undefined;
    const { multiLine, origin } = running.place;
    return { source: 'running', text: rest, multiLine, generation: result, origin: { ...origin, typedSince: since } };
  }

  async #fromModel(plan: CompletionPlan, watch: StageWatch, signal: AbortSignal): Promise<RawSuggestion | undefined> {
    const { clock, rhythm, slot, beforeGeneration } = this.#deps;
    await pause(clock, plan.isDelayed ? rhythm.delayMs(plan.context) : 0, signal);
    watch.lap('delayMs');
    const [here] = plan.anchors;
    if (here === undefined) return undefined;
    beforeGeneration(plan);
    const { context, multiLine, request, origin } = plan;
    const running = slot.start({ uri: context.uri, key: here.key, base: here.typed, multiLine, request, origin });
    const { text, result } = await running.wait(() => false, signal);
    watch.lap('engineMs');
    return { source: 'model', text, multiLine, generation: result, origin: { ...origin, typedSince: '' } };
  }
}
