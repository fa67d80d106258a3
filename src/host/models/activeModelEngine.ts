import { GlassboxError } from '../../core/errors.js';
import type {
  CompletionEngine,
  GenerationProgress,
  GenerationRequest,
  GenerationResult,
  PrefillResult,
} from '../../core/completion/generation.js';
import type { Log } from '../../core/log.js';
import type { PromptParts } from '../../core/prompt/promptParts.js';
import type { EngineClient } from '../../protocol/engineContract.js';
import { isModelFault } from '../errorSentences.js';
import type { ModelCatalog } from './modelCatalog.js';

/** Called with every generation that a model has answered, and the model's folder. */
export type OnAnswered = (answered: { readonly folder: string; readonly request: GenerationRequest }) => void;

/** Lets the completion pipeline ask whichever model is active, and tells the catalogue when that model fails. */
export class ActiveModelEngine implements CompletionEngine {
  private folderInUse: string | undefined;

  constructor(
    private readonly engine: EngineClient,
    private readonly catalog: ModelCatalog,
    private readonly log: Log,
    private readonly onAnswered: OnAnswered = () => undefined,
  ) {}

  generate(
    request: GenerationRequest,
    onProgress: (progress: GenerationProgress) => void,
    signal: AbortSignal,
  ): Promise<GenerationResult> {
    return this.withActiveModel(async (folder) => {
      const params = { folder, ...request, replaceable: true };
      const result = await this.engine.call('completion/generate', params, { signal, onProgress });
      this.onAnswered({ folder, request });
      return result;
    });
  }

  prefill(prompt: PromptParts, signal: AbortSignal): Promise<PrefillResult> {
    return this.withActiveModel((folder) => this.engine.call('completion/prefill', { folder, prompt }, { signal }));
  }

  private async withActiveModel<T>(ask: (folder: string) => Promise<T>): Promise<T> {
    const { active } = await this.catalog.ready();
    if (active === undefined) throw new GlassboxError('model-not-found', 'No usable model was found.');
    this.leave(this.folderInUse, active.folder);
    try {
      return await ask(active.folder);
    } catch (error) {
      const fault = GlassboxError.from(error);
      if (isModelFault(fault)) this.catalog.reportFault(active.folder, fault);
      throw fault;
    }
  }

  /** Two models in memory are one too many; the one no longer used goes. */
  private leave(before: string | undefined, now: string): void {
    this.folderInUse = now;
    if (before === undefined || before === now) return;
    this.engine.call('models/unload', { folder: before }).catch((error: unknown) => {
      this.log.warn(`${before} was not unloaded: ${GlassboxError.from(error).message}`);
    });
  }
}
