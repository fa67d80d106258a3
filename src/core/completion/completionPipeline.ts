import type { Clock } from '../clock.js';
import { GlassboxError } from '../errors.js';
import type { Log } from '../log.js';
import { promptFromWindow } from '../prompt/windowPrompt.js';
import type { PromptParts } from '../prompt/promptParts.js';
import type { SamplingOptions } from '../sampling/samplingOptions.js';
import { CompletionCache } from './completionCache.js';
import { alternativeSampling } from './completionConstants.js';
import type { CompletionCandidate, CompletionOutcome, CompletionSource, SkipReason } from './completionOutcome.js';
import { planCompletion, withSampling, type CompletionPlan } from './completionPlan.js';
import type { CompletionModel, CompletionQuery, CompletionSettings } from './completionQuery.js';
import { CompletionSources } from './completionSources.js';
import { readCursorContext, type CursorContext } from './cursorContext.js';
import type { DocumentSnapshot, TextPosition } from './documentSnapshot.js';
import { gate } from './gate.js';
import type { CompletionEngine } from './generation.js';
import { GenerationSlot } from './generationSlot.js';
import { IdlePrefill } from './idlePrefill.js';
import { LastAcceptance } from './lastAcceptance.js';
import { OfferedItem, toCandidate } from './offeredItem.js';
import { OutcomeHistory, type OutcomeRecord } from './outcomeHistory.js';
import { postProcess } from './postProcess/postProcess.js';
import { SecretFiles } from './secretFiles.js';
import { StableSuffixes } from './stableSuffix.js';
import { StageWatch } from './stageWatch.js';
import { TypingRhythm } from './typingRhythm.js';

/** What the pipeline needs from outside. */
export interface CompletionPipelineDeps {
  readonly engine: CompletionEngine;
  readonly clock: Clock;
  readonly log: Log;
  /** Settings for a document's language and folder. Asked once per request; must answer at once. */
  readonly settings: (document: DocumentSnapshot) => CompletionSettings;
  /** The model that would answer now; undefined when there is none. */
  readonly model: () => CompletionModel | undefined;
  /** How the alternatives are drawn that follow the greedy one when the user asked; `[]` for the greedy one alone. */
  readonly alternatives?: readonly SamplingOptions[];
  /** Told of every finished request, in the order in which they end. */
  readonly onOutcome?: (record: OutcomeRecord) => void;
}

/** One alternative, or why the text it was made from is not shown. */
type Alternative =
  | { readonly kind: 'candidate'; readonly source: CompletionSource; readonly candidate: CompletionCandidate }
  | { readonly kind: 'skipped'; readonly reason: SkipReason };

/**
 * From cursor position to suggestion. One instance serves all documents of an editor window (or one run of the CLI).
 * The document is read synchronously when {@link provide} is called and never after, so a snapshot may be a thin view
 * of a live document.
 */
export class CompletionPipeline {
  readonly #deps: CompletionPipelineDeps;
  readonly #history = new OutcomeHistory();
  readonly #secretFiles = new SecretFiles();
  readonly #suffixes = new StableSuffixes();
  readonly #rhythm = new TypingRhythm();
  readonly #cache = new CompletionCache();
  readonly #offered = new OfferedItem();
  readonly #acceptance = new LastAcceptance();
  readonly #slot: GenerationSlot;
  readonly #prefill: IdlePrefill;
  readonly #sources: CompletionSources;
  #newest = new AbortController();
  #activeUri: string | undefined;

  constructor(deps: CompletionPipelineDeps) {
    this.#deps = deps;
    const { engine, clock, log } = deps;
    const [cache, rhythm] = [this.#cache, this.#rhythm];
    this.#slot = new GenerationSlot({ engine, clock, log, cache, onLatency: (ms) => rhythm.answered(ms) });
    this.#prefill = new IdlePrefill({ engine, clock, log, promptFor: (query) => this.#idlePrompt(query) });
    const beforeGeneration = (plan: CompletionPlan): void => this.#prefill.engineReads(plan.request.prompt);
    this.#sources = new CompletionSources({ clock, cache, slot: this.#slot, rhythm, beforeGeneration });
  }

  /**
   * Answers one request with exactly one outcome. Never rejects: engine errors become `failed`, an aborted signal
   * becomes `cancelled`. A newer request takes the place of an older one that still waits, which ends as `cancelled`;
   * the generation it waited for goes on when the newer one can use it.
   */
  async provide(query: CompletionQuery, signal: AbortSignal): Promise<CompletionOutcome> {
    this.#newest.abort();
    const current = new AbortController();
    this.#newest = current;
    const abort = (): void => current.abort();
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) current.abort();
    const outcome = await this.#answer(query, current.signal).catch((error: unknown): CompletionOutcome => {
      const cancelled = current.signal.aborted || GlassboxError.is(error, 'cancelled');
      return cancelled ? { kind: 'cancelled' } : { kind: 'failed', error: GlassboxError.from(error) };
    });
    signal.removeEventListener('abort', abort);
    this.#record(query, outcome);
    return outcome;
  }

  /**
   * Call when the cursor moved (also by typing). When it then rests for 150 ms, everything left of the current line
   * and right of the cursor is computed ahead, so that the next request only has to read the current line.
   */
  cursorMoved(query: CompletionQuery): void {
    this.#activeUri = query.document.uri;
    this.#prefill.cursorMoved(query);
  }

  /** Call on every change of a document's text: feeds the typing rhythm and stops idle work. */
  documentChanged(uri: string): void {
    if (uri !== this.#activeUri) return;
    this.#rhythm.keystroke(this.#deps.clock.now());
    this.#prefill.cancel();
  }

  /** Call when a document is closed; everything kept for it is dropped. */
  documentClosed(uri: string): void {
    this.#history.forget(uri);
    this.#suffixes.forget(uri);
    this.#offered.forget(uri);
    if (this.#slot.running?.place.uri === uri) this.#slot.stop();
    if (this.#activeUri === uri) this.#prefill.cancel();
  }

  /** Call when the user accepted a whole candidate; the request right after may offer several lines. */
  accepted(uri: string, candidate: CompletionCandidate): void {
    this.#acceptance.note(uri, candidate);
    this.#offered.forget();
  }

  /** How the last request at this position ended; undefined when there was none or it is no longer remembered. */
  lastOutcomeAt(uri: string, position: TextPosition): OutcomeRecord | undefined {
    return this.#history.lastAt(uri, position);
  }

  /** Aborts everything under way and forgets everything. The pipeline must not be used afterwards. */
  dispose(): void {
    this.#newest.abort();
    this.#prefill.cancel();
    this.#slot.stop();
    this.#cache.clear();
    this.#offered.forget();
    this.#history.clear();
  }

  async #answer(query: CompletionQuery, signal: AbortSignal): Promise<CompletionOutcome> {
    const watch = new StageWatch(this.#deps.clock);
    const settings = this.#deps.settings(query.document);
    const model = this.#deps.model();
    const reason = this.#gate(query, settings, model);
    watch.lap('gateMs');
    if (reason !== undefined || model === undefined) return { kind: 'skipped', reason: reason ?? 'no-model' };
    this.#activeUri = query.document.uri;
    const plan = this.#plan(query, settings, model);
    watch.lap('promptMs');
    const left = this.#offered.remaining(plan);
    const [first] = left;
    if (first !== undefined && (query.trigger === 'automatic' || left.length > 1)) {
      return { kind: 'shown', source: 'typed-through', candidates: left, timings: watch.timings() };
    }
    const best: Alternative =
      first === undefined
        ? await this.#suggest(plan, signal, watch)
        : { kind: 'candidate', source: 'typed-through', candidate: first };
    const more = query.trigger === 'explicit' ? await this.#alternatives(plan, signal, watch) : [];
    return this.#outcome(plan, [best, ...more], watch);
  }

  #gate(
    query: CompletionQuery,
    settings: CompletionSettings,
    model: CompletionModel | undefined,
  ): SkipReason | undefined {
    return gate(query, { settings, model, secretFiles: this.#secretFiles, nowMs: this.#deps.clock.now() });
  }

  #plan(query: CompletionQuery, settings: CompletionSettings, model: CompletionModel): CompletionPlan {
    const context = readCursorContext(query);
    const isAfterAcceptance = this.#acceptance.isJustBefore(context);
    const prompt = this.#prompt(context);
    return planCompletion({ context, settings, model, prompt, trigger: query.trigger, isAfterAcceptance });
  }

  #prompt(context: CursorContext): PromptParts {
    return promptFromWindow(context, this.#suffixes.choose(context.uri, context.suffix));
  }

  #idlePrompt(query: CompletionQuery): PromptParts | undefined {
    if (this.#slot.running !== undefined) return undefined;
    const reason = this.#gate(query, this.#deps.settings(query.document), this.#deps.model());
    return reason === undefined ? this.#prompt(readCursorContext(query)) : undefined;
  }

  async #suggest(plan: CompletionPlan, signal: AbortSignal, watch: StageWatch): Promise<Alternative> {
    const { source, text, multiLine, generation } = await this.#sources.ask(plan, signal, watch);
    const processed = postProcess(text, { cursor: plan.context, maxLines: multiLine ? plan.maxLines : 1 });
    const alternative: Alternative =
      processed.kind === 'skip'
        ? { kind: 'skipped', reason: processed.reason }
        : { kind: 'candidate', source, candidate: toCandidate(processed.text, plan, generation) };
    watch.lap('postProcessMs');
    return alternative;
  }

  /** Drawn one after the other: they share the prompt, so each costs its decode steps alone. */
  async #alternatives(plan: CompletionPlan, signal: AbortSignal, watch: StageWatch): Promise<Alternative[]> {
    const alternatives: Alternative[] = [];
    for (const sampling of this.#deps.alternatives ?? alternativeSampling) {
      alternatives.push(await this.#suggest(withSampling(plan, sampling), signal, watch));
    }
    return alternatives;
  }

  #outcome(plan: CompletionPlan, alternatives: readonly Alternative[], watch: StageWatch): CompletionOutcome {
    const shown = alternatives.filter((alternative) => alternative.kind === 'candidate');
    const [first] = shown;
    if (first === undefined) {
      const reason = alternatives.find((alternative) => alternative.kind === 'skipped')?.reason ?? 'blank-result';
      return { kind: 'skipped', reason };
    }
    const byText = new Map(
      shown.map(({ candidate }) => [candidate.text, candidate]).reverse() as [string, CompletionCandidate][],
    );
    const candidates = [...byText.values()].reverse();
    this.#offered.show(plan, candidates);
    return { kind: 'shown', source: first.source, candidates, timings: watch.timings() };
  }

  #record(query: CompletionQuery, outcome: CompletionOutcome): void {
    const { document, position, trigger } = query;
    const record = { uri: document.uri, position, trigger, atMs: this.#deps.clock.now(), outcome };
    this.#history.add(record);
    this.#deps.onOutcome?.(record);
  }
}
