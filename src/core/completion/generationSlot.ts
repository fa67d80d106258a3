import type { Clock } from '../clock.js';
import { GlassboxError } from '../errors.js';
import type { Log } from '../log.js';
import type { CompletionCache } from './completionCache.js';
import type { CompletionEngine } from './generation.js';
import { RunningGeneration, type GenerationPlace } from './runningGeneration.js';

/** What the slot needs. */
export interface GenerationSlotDeps {
  readonly engine: CompletionEngine;
  readonly clock: Clock;
  readonly log: Log;
  readonly cache: CompletionCache;
  /** Told how long each finished generation took, in milliseconds, without loading the model. */
  readonly onLatency: (latencyMs: number) => void;
}

/** Holds the one generation that may run at a time. What it finishes goes into the cache. */
export class GenerationSlot {
  readonly #deps: GenerationSlotDeps;
  #running: RunningGeneration | undefined;

  constructor(deps: GenerationSlotDeps) {
    this.#deps = deps;
  }

  /** The generation under way, if any. */
  get running(): RunningGeneration | undefined {
    return this.#running;
  }

  /** Stops what runs and starts anew. The old one is not waited for: the engine ends it between two steps. */
  start(place: GenerationPlace): RunningGeneration {
    this.stop();
    const { engine, clock, cache, onLatency } = this.#deps;
    const startedMs = clock.now();
    const running = new RunningGeneration(engine, clock, place);
    this.#running = running;
    running.finished
      .then((generation) => {
        onLatency(clock.now() - startedMs - generation.timings.loadMs);
        const { key, base, multiLine, origin } = place;
        cache.add({ key, base, multiLine, generation, origin });
      })
      .catch((error: unknown) => this.#report(error))
      .finally(() => {
        if (this.#running === running) this.#running = undefined;
      });
    return running;
  }

  /** Stops what runs. */
  stop(): void {
    this.#running?.stop();
    this.#running = undefined;
  }

  #report(error: unknown): void {
    if (!GlassboxError.is(error, 'cancelled'))
      this.#deps.log.debug(`generation failed: ${GlassboxError.from(error).message}`);
  }
}
