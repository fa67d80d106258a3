import type { Clock } from '../../core/clock.js';
import type {
  GenerationProgress,
  GenerationRequest,
  GenerationResult,
  PrefillResult,
} from '../../core/completion/generation.js';
import type { ModelDescriptor } from '../../core/model/modelDescriptor.js';
import { PromptComposer } from '../../core/prompt/promptComposer.js';
import type { PromptParts } from '../../core/prompt/promptParts.js';
import type { PromptTokens } from '../../core/prompt/promptTokens.js';
import type { TextTokenizer } from '../../core/tokenizer/textTokenizer.js';
import { TokenPrefixIndex } from '../../core/tokenizer/tokenPrefixIndex.js';
import type { TokenSpan } from '../../core/tokenizer/tokenSpan.js';
import { ModelAnalyst } from '../analysis/modelAnalyst.js';
import type { RowStatistics } from '../analysis/rowStatistics.js';
import type { DecoderSession } from '../decoding/decoderSession.js';
import { generate } from '../decoding/generate.js';
import { healPrompt, unhealedPrompt } from '../decoding/healedPrompt.js';
import { WorkspaceMemory } from '../memory/workspaceMemory.js';
import { SuggestionExplainer } from '../explain/suggestionExplainer.js';
import type { CheckedDecoder } from './inspectModel.js';
import { SerialTasks } from './serialTasks.js';

/** A model that is ready to run: tokenizer, prompt format and decoder. Runs wait for each other. */
export class LoadedModel {
  readonly descriptor: ModelDescriptor;
  /** Answers what is asked besides completing. */
  readonly analyst: ModelAnalyst;
  /** Says why it wrote what it wrote. */
  readonly explainer: SuggestionExplainer;
  readonly #tokenizer: TextTokenizer;
  readonly #index: TokenPrefixIndex;
  readonly #composer: PromptComposer;
  /** Shows the model nothing of what follows the cursor; made when it is asked for. */
  #leftToRight: PromptComposer | undefined;
  /** What completion draws on beside the model. */
  readonly memory: WorkspaceMemory;
  readonly #decoder: DecoderSession;
  readonly #clock: Clock;
  readonly #tasks = new SerialTasks();

  constructor(model: CheckedDecoder, decoder: DecoderSession, statistics: RowStatistics, clock: Clock) {
    const { descriptor, tokenizer, promptTokens } = model;
    this.descriptor = descriptor;
    this.#tokenizer = tokenizer;
    this.#index = new TokenPrefixIndex(tokenizer.table);
    const composerOf = (tokens: PromptTokens): PromptComposer =>
      new PromptComposer((text) => tokenizer.encode(text), tokens, descriptor.contextLength);
    this.#composer = composerOf(promptTokens);
    const leftToRight = (): PromptComposer => composerOf({ ...promptTokens, infill: undefined });
    this.#decoder = decoder;
    this.#clock = clock;
    this.analyst = new ModelAnalyst({
      tokenizer,
      decoder,
      statistics,
      index: this.#index,
      compose: ({ kind, prompt }) => {
        const composer = kind === 'prompt' ? this.#composer : (this.#leftToRight ??= leftToRight());
        return healPrompt(composer.compose(prompt), tokenizer, this.#index);
      },
      startToken: promptTokens.endOfText,
      contextLength: descriptor.contextLength,
      clock,
    });
    const { contextLength } = descriptor;
    const [index, composer] = [this.#index, this.#composer];
    const memory = new WorkspaceMemory(tokenizer, promptTokens, (text) => composer.encode(text));
    this.memory = memory;
    this.explainer = new SuggestionExplainer({ tokenizer, index, composer, decoder, contextLength, memory });
  }

  /** Tokens in the KV cache. */
  get cachedTokenCount(): number {
    return this.#decoder.cachedTokenCount;
  }

  /** Continues a prompt. @throws GlassboxError `cancelled`. */
  generate(
    request: GenerationRequest,
    report: (progress: GenerationProgress) => void,
    signal: AbortSignal,
  ): Promise<GenerationResult> {
    return this.#tasks.run(async () => {
      const started = this.#clock.now();
      const composed = this.#composer.compose(request.prompt);
      const healed = request.tokenHealing
        ? healPrompt(composed, this.#tokenizer, this.#index)
        : unhealedPrompt(composed);
      const { prompt, forcedBytes } = healed;
      const memory = this.memory.around(request, composed, healed);
      const tokenizeMs = this.#clock.now() - started;
      const result = await generate(
        {
          decoder: this.#decoder,
          index: this.#index,
          prompt,
          forcedBytes,
          memory,
          request,
          clock: this.#clock,
          report,
        },
        signal,
      );
      return { ...result, timings: { queueMs: 0, loadMs: 0, tokenizeMs, ...result.timings } };
    });
  }

  /** Reads everything but the current line into the KV cache. @throws GlassboxError `cancelled`. */
  prefill(parts: PromptParts, signal: AbortSignal): Promise<PrefillResult> {
    return this.#tasks.run(async () => {
      const started = this.#clock.now();
      const { stable } = this.#composer.compose(parts);
      const reusedTokenCount = await this.#decoder.warm(stable, signal);
      return { promptTokenCount: stable.length, reusedTokenCount, prefillMs: this.#clock.now() - started };
    });
  }

  /** Tokens of a text with their places. */
  encode(text: string): readonly TokenSpan[] {
    return this.#tokenizer.spans(text);
  }

  /** Frees the session after what still runs. */
  async release(): Promise<void> {
    await this.analyst.release();
    await this.explainer.release();
    await this.#tasks.run(() => this.#decoder.release());
  }
}
