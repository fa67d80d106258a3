import type { Clock } from '../../../src/core/clock.js';
import { CompletionPipeline } from '../../../src/core/completion/completionPipeline.js';
import type { CompletionOutcome } from '../../../src/core/completion/completionOutcome.js';
import type { CompletionQuery, CompletionSettings } from '../../../src/core/completion/completionQuery.js';
import type { DocumentSnapshot, TextPosition } from '../../../src/core/completion/documentSnapshot.js';
import type { GenerationResult } from '../../../src/core/completion/generation.js';
import { editorSettings, silentLog } from '../../../src/cli/complete/pipelineDefaults.js';
import type { Contestant } from '../contestants/contestant.js';
import type { SourceText } from '../tasks/evalTask.js';

/** The editor's default of `glassbox.completion.maxLines`. */
const maxLines = 12;

/** An outcome, and what the contestant wrote for it before post-processing; undefined when it was not asked. */
export interface ObservedOutcome {
  readonly outcome: CompletionOutcome;
  readonly written: GenerationResult | undefined;
}

/** The real pipeline around one contestant, for one document. */
export class EvalPipeline {
  readonly #pipeline: CompletionPipeline;
  readonly #signal: AbortSignal;
  #written: GenerationResult | undefined;

  constructor(
    contestant: Contestant,
    source: SourceText,
    multiLine: CompletionSettings['multiLine'],
    signal: AbortSignal,
  ) {
    const engine = contestant.engineFor(source);
    const settings = { ...editorSettings, multiLine, maxLines };
    this.#signal = signal;
    this.#pipeline = new CompletionPipeline({
      engine: {
        prefill: (prompt, abort) => engine.prefill(prompt, abort),
        generate: async (request, onProgress, abort) =>
          (this.#written = await engine.generate(request, onProgress, abort)),
      },
      clock: impatientClock,
      log: silentLog,
      settings: () => settings,
      alternatives: [],
      model: () => contestant.model,
    });
  }

  /** @throws GlassboxError what the engine failed with, or `cancelled`. */
  async ask(
    document: DocumentSnapshot,
    position: TextPosition,
    trigger: CompletionQuery['trigger'],
  ): Promise<ObservedOutcome> {
    this.#written = undefined;
    const query: CompletionQuery = {
      document,
      position,
      trigger,
      selections: [{ anchor: position, active: position }],
      selectedSuggestion: undefined,
      isComposing: false,
    };
    const outcome = await this.#pipeline.provide(query, this.#signal);
    this.#signal.throwIfAborted();
    if (outcome.kind === 'failed') throw outcome.error;
    return { outcome, written: this.#written };
  }

  /** The user accepted the whole of the first candidate. */
  accepted(uri: string, { outcome }: ObservedOutcome): void {
    const candidate = outcome.kind === 'shown' ? outcome.candidates[0] : undefined;
    if (candidate !== undefined) this.#pipeline.accepted(uri, candidate);
  }

  /** Ends what is still running. */
  dispose(): void {
    this.#pipeline.dispose();
  }
}

/** Time is measured, but nothing is waited for: outcomes must not depend on how fast the machine is. */
const impatientClock: Clock = {
  now: () => performance.now(),
  schedule: (callback) => {
    const handle = setImmediate(callback);
    return () => clearImmediate(handle);
  },
};
