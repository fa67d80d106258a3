import type { Clock } from '../clock.js';
import { GlassboxError, throwIfAborted } from '../errors.js';
import type { Log } from '../log.js';
import type { SamplingOptions } from '../sampling/samplingOptions.js';
import { drawAlternatives, outcomeOf, suggest, type Alternative } from './alternatives.js';
import { CompletionCache } from './completionCache.js';
import { alternativeSampling } from './completionConstants.js';
import type { CompletionCandidate, CompletionOutcome } from './completionOutcome.js';
import type { CompletionModel, CompletionQuery, CompletionSettings } from './completionQuery.js';
import { CompletionSources } from './completionSources.js';
import type { DocumentSnapshot, TextPosition } from './documentSnapshot.js';
import type { CompletionEngine } from './generation.js';
import { GenerationSlot } from './generationSlot.js';
import { IdlePrefill } from './idlePrefill.js';
import { OfferedItem } from './offeredItem.js';
import { OutcomeHistory, type OutcomeRecord } from './outcomeHistory.js';
import { RequestPlanner } from './requestPlanner.js';
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

/**
 * From cursor position to suggestion. One instance serves all documents of an editor window (or one run of the CLI).
 * The document is read synchronously when {@link provide} is called and never after, so a snapshot may be a thin view
 * of a live document.
 */
export class CompletionPipeline {
  readonly #deps: CompletionPipelineDeps;
  readonly #history = new OutcomeHistory();
  readonly #rhythm = new TypingRhythm();
  readonly #cache = new CompletionCache();
  readonly #offered = new OfferedItem();
  readonly #planner: RequestPlanner;
  readonly #slot: GenerationSlot;
  readonly #prefill: IdlePrefill;
  readonly #sources: CompletionSources;
  #newest = new AbortController();
  #activeUri: string | undefined;

  constructor(deps: CompletionPipelineDeps) {
    this.#deps = deps;
    const [cache, rhythm] = [this.#cache, this.#rhythm];
    const slot = new GenerationSlot({ ...deps, cache, onLatency: (latencyMs) => rhythm.answered(latencyMs) });
    const planner = new RequestPlanner(deps);
    this.#slot = slot;
    this.#planner = planner;
    this.#prefill = new IdlePrefill({
      ...deps,
      promptFor: (query) => (slot.running === undefined ? planner.prompt(query) : undefined),
    });
    this.#sources = new CompletionSources({
      ...deps,
      cache,
      slot,
      rhythm,
      beforeGeneration: ({ request }) => this.#prefill.engineReads(request.prompt),
    });
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
    this.#planner.documentClosed(uri);
    this.#offered.forget(uri);
    if (this.#slot.running?.place.uri === uri) this.#slot.stop();
    if (this.#activeUri === uri) this.#prefill.cancel();
  }

  /** Call when the user accepted a whole candidate; the request right after may offer several lines. */
  accepted(uri: string, candidate: CompletionCandidate): void {
    this.#planner.accepted(uri, candidate);
    this.#offered.forget();
  }

  /** Call when the engine remembers other code than before: what was answered until then is asked anew. What is offered stays. */
  memoryChanged(): void {
    this.#cache.clear();
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
    throwIfAborted(signal);
    const watch = new StageWatch(this.#deps.clock);
    const planned = this.#planner.plan(query, watch);
    if (planned.kind === 'skipped') return planned;
    const { plan } = planned;
    this.#activeUri = query.document.uri;
    const left = this.#offered.remaining(plan);
    const [offered] = left;
    if (offered !== undefined && (query.trigger === 'automatic' || left.length > 1)) {
      return { kind: 'shown', source: 'typed-through', candidates: left, timings: watch.timings() };
    }
    const best: Alternative =
      offered === undefined
        ? await suggest(this.#sources, plan, watch, signal)
        : { kind: 'candidate', source: 'typed-through', candidate: offered };
    const options = { sampling: this.#deps.alternatives ?? alternativeSampling, log: this.#deps.log };
    const isExplicit = query.trigger === 'explicit';
    const more = isExplicit ? await drawAlternatives(this.#sources, plan, options, watch, signal) : [];
    const outcome = outcomeOf([best, ...more], watch);
    if (outcome.kind === 'shown') this.#offered.show(plan, outcome.candidates);
    return outcome;
  }

  #record(query: CompletionQuery, outcome: CompletionOutcome): void {
    const { document, position, trigger } = query;
    const atMs = this.#deps.clock.now();
    const { uri, version: documentVersion, lineCount } = document;
    const record = { uri, position, documentVersion, lineCount, trigger, atMs, outcome };
    this.#history.add(record);
    this.#deps.onOutcome?.(record);
  }
}
