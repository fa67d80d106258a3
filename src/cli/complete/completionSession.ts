import { CompletionPipeline } from '../../core/completion/completionPipeline.js';
import type { CompletionOutcome } from '../../core/completion/completionOutcome.js';
import type { CompletionSettings } from '../../core/completion/completionQuery.js';
import type { DocumentSnapshot, TextPosition } from '../../core/completion/documentSnapshot.js';
import type { CompletionEngine } from '../../core/completion/generation.js';
import type { MemoryScope } from '../../core/memory/memoryScope.js';
import { completionModel } from '../../core/model/completionModel.js';
import type { ModelDescriptor } from '../../core/model/modelDescriptor.js';
import type { CliServices } from '../cliServices.js';
import { editorSettings, silentLog } from './pipelineDefaults.js';

/** What one request may change about the editor's behaviour. */
export interface CompletionLimits {
  /** Upper bound on generated tokens; the editor's own when undefined. */
  readonly maxNewTokens: number | undefined;
  /** `true`: end at the line end; `false`: go on over line ends; undefined: decide as the editor does. */
  readonly singleLine: boolean | undefined;
}

/** Milliseconds after the first token: nobody is typing, so a slow machine still gives the whole text. */
const deadlineMs = 60_000;

/** Asks the editor's own pipeline, one request after the other. */
export class CompletionSession {
  readonly #pipeline: CompletionPipeline;
  readonly #services: CliServices;
  readonly #memory: MemoryScope;
  #limits: CompletionLimits = { maxNewTokens: undefined, singleLine: undefined };

  /** @param memory which code is gone on like. */
  constructor(model: ModelDescriptor, services: CliServices, memory: MemoryScope) {
    this.#services = services;
    this.#memory = memory;
    this.#pipeline = new CompletionPipeline({
      engine: this.#engineOf(model.folder),
      clock: services.clock,
      log: silentLog,
      settings: () => this.#settings(),
      alternatives: [],
      model: () => completionModel(model),
    });
  }

  /** Completes one document at one place, as if the user had asked for it there. */
  async complete(
    document: DocumentSnapshot,
    position: TextPosition,
    limits: CompletionLimits,
  ): Promise<CompletionOutcome> {
    this.#limits = limits;
    const query = {
      document,
      position,
      trigger: 'explicit',
      selections: [{ anchor: position, active: position }],
      selectedSuggestion: undefined,
      isComposing: false,
    } as const;
    const outcome = await this.#pipeline.provide(query, this.#services.signal);
    this.#pipeline.documentClosed(document.uri);
    return outcome;
  }

  /** Ends what is still running. */
  dispose(): void {
    this.#pipeline.dispose();
  }

  #engineOf(folder: string): CompletionEngine {
    const { engine } = this.#services;
    return {
      generate: (request, onProgress, signal) => {
        const maxNewTokens = this.#limits.maxNewTokens ?? request.stop.maxNewTokens;
        const stop = { ...request.stop, maxNewTokens, deadlineMs };
        return engine.call('completion/generate', { ...request, folder, stop }, { signal, onProgress });
      },
      prefill: (prompt, signal) => engine.call('completion/prefill', { folder, prompt }, { signal }),
    };
  }

  #settings(): CompletionSettings {
    const { singleLine } = this.#limits;
    const settings = { ...editorSettings, memory: this.#memory };
    if (singleLine === undefined) return settings;
    return { ...settings, multiLine: singleLine ? 'never' : 'always' };
  }
}
