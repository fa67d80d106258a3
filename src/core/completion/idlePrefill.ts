import type { Clock } from '../clock.js';
import { GlassboxError } from '../errors.js';
import type { Log } from '../log.js';
import type { PromptParts } from '../prompt/promptParts.js';
import { completionConstants } from './completionConstants.js';
import type { CompletionQuery } from './completionQuery.js';
import type { CompletionEngine } from './generation.js';

/** What idle pre-filling needs. */
export interface IdlePrefillDeps {
  readonly engine: CompletionEngine;
  readonly clock: Clock;
  readonly log: Log;
  /** The prompt for a cursor, or undefined when nothing is to be computed there (the gate says no, a generation runs). */
  readonly promptFor: (query: CompletionQuery) => PromptParts | undefined;
}

/**
 * Computes keys and values of everything but the current line while the cursor rests, which is most of the work of the
 * next request. Any activity stops it; what it has computed until then stays in the engine's cache.
 */
export class IdlePrefill {
  readonly #deps: IdlePrefillDeps;
  #cancelTimer = (): void => undefined;
  #controller: AbortController | undefined;
  #knownToEngine: string | undefined;

  constructor(deps: IdlePrefillDeps) {
    this.#deps = deps;
  }

  /** The cursor is somewhere else now: waits for it to rest, then pre-fills. */
  cursorMoved(query: CompletionQuery): void {
    this.cancel();
    this.#cancelTimer = this.#deps.clock.schedule(() => this.#start(query), completionConstants.cursorRestMs);
  }

  /** The engine is about to read this prompt anyway. */
  engineReads(prompt: PromptParts): void {
    this.cancel();
    this.#knownToEngine = stablePart(prompt);
  }

  /** Stops waiting and computing. */
  cancel(): void {
    this.#cancelTimer();
    this.#controller?.abort();
    this.#controller = undefined;
  }

  #start(query: CompletionQuery): void {
    this.#fill(query).catch((error: unknown) => this.#failed(error));
  }

  async #fill(query: CompletionQuery): Promise<void> {
    const { engine, log, promptFor } = this.#deps;
    const prompt = promptFor(query);
    if (prompt === undefined || stablePart(prompt) === this.#knownToEngine) return;
    this.#knownToEngine = stablePart(prompt);
    this.#controller = new AbortController();
    const { prefillMs, promptTokenCount } = await engine.prefill(prompt, this.#controller.signal);
    log.debug(`pre-filled ${promptTokenCount} tokens in ${Math.round(prefillMs)} ms`);
  }

  #failed(error: unknown): void {
    this.#knownToEngine = undefined;
    if (!GlassboxError.is(error, 'cancelled')) {
      this.#deps.log.debug(`pre-fill failed: ${GlassboxError.from(error).message}`);
    }
  }
}

function stablePart({ path, languageId, prefix, suffix }: PromptParts): string {
  return [path, languageId, prefix, suffix].join('\0');
}
