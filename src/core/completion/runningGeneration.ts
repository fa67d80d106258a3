import type { Clock } from '../clock.js';
import { GlassboxError } from '../errors.js';
import { untilAborted } from '../flow/abortable.js';
import { completionConstants } from './completionConstants.js';
import type { LineAnchor } from './completionKey.js';
import type { CompletionEngine, GenerationRequest, GenerationResult } from './generation.js';
import type { GenerationOrigin } from './generationOrigin.js';

/** What has been generated when a wait ends; `result` is undefined while the model is still writing. */
export interface GenerationState {
  readonly text: string;
  readonly result: GenerationResult | undefined;
}

/** Where a generation was started, and with what. */
export interface GenerationPlace {
  readonly uri: string;
  readonly key: string;
  readonly base: string;
  readonly multiLine: boolean;
  readonly request: GenerationRequest;
  readonly origin: GenerationOrigin;
}

/**
 * A generation under way. It belongs to no request: those that can use it wait for it, and a keystroke that agrees
 * with what it writes leaves it alone. When the last one that waits goes away, it is stopped after a short grace.
 */
export class RunningGeneration {
  readonly place: GenerationPlace;
  /** Settles when the generation ends, for whatever reason. */
  readonly finished: Promise<GenerationResult>;
  readonly #controller = new AbortController();
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #text = '';
  #result: GenerationResult | undefined;
  #waiting = 0;
  #cancelGrace = (): void => undefined;

  constructor(engine: CompletionEngine, clock: Clock, place: GenerationPlace) {
    this.place = place;
    this.#clock = clock;
    const { signal } = this.#controller;
    const generation = engine.generate(place.request, ({ text }) => this.#advance(text), signal);
    this.finished = untilAborted(generation, signal).then((result) => this.#finish(result));
    this.finished.catch(() => this.#cancelGrace());
  }

  /** What was typed since the start, when what is generated so far does not contradict it; else undefined. */
  typedSince(anchors: Iterable<LineAnchor>): string | undefined {
    for (const { key, typed } of anchors) {
      if (key !== this.place.key || !typed.startsWith(this.place.base)) continue;
      const since = typed.slice(this.place.base.length);
      return agrees(this.#text, since) ? since : undefined;
    }
    return undefined;
  }

  /**
   * Waits until `isEnough` accepts the text so far, or the generation ends.
   * @throws GlassboxError the engine's error, or `cancelled` when the signal aborts or the generation is stopped
   */
  async wait(isEnough: (text: string) => boolean, signal: AbortSignal): Promise<GenerationState> {
    this.#cancelGrace();
    this.#waiting++;
    let listener = (): void => undefined;
    const enough = new Promise<void>((resolve) => {
      listener = () => {
        if (isEnough(this.#text)) resolve();
      };
      this.#listeners.add(listener);
      listener();
    });
    try {
      await untilAborted(Promise.race([enough, this.finished]), signal);
    } finally {
      this.#listeners.delete(listener);
      this.#waiting--;
      if (this.#waiting === 0 && signal.aborted) this.#stopAfterGrace();
    }
    return { text: this.#text, result: this.#result };
  }

  /** Ends the generation between two decode steps; everyone who waits gets `cancelled`. */
  stop(): void {
    this.#cancelGrace();
    this.#controller.abort(new GlassboxError('cancelled', 'A newer request took over.'));
  }

  #stopAfterGrace(): void {
    this.#cancelGrace = this.#clock.schedule(() => this.stop(), completionConstants.orphanGraceMs);
  }

  #advance(text: string): void {
    this.#text = text;
    for (const listener of [...this.#listeners]) listener();
  }

  #finish(result: GenerationResult): GenerationResult {
    this.#cancelGrace();
    this.#text = result.text;
    this.#result = result;
    return result;
  }
}

/** Two texts agree when one continues the other. */
export function agrees(generated: string, typed: string): boolean {
  return generated.startsWith(typed) || typed.startsWith(generated);
}
