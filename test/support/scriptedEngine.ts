import type {
  CompletionEngine,
  GenerationProgress,
  GenerationRequest,
  GenerationResult,
  PrefillResult,
} from '../../src/core/completion/generation.js';
import { GlassboxError } from '../../src/core/errors.js';
import type { PromptParts } from '../../src/core/prompt/promptParts.js';

/** One call of `generate`, in the hands of the test. */
export class ScriptedGeneration {
  text = '';
  isSettled = false;
  readonly result: Promise<GenerationResult>;
  #resolve: (result: GenerationResult) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;

  constructor(
    readonly request: GenerationRequest,
    private readonly onProgress: (progress: GenerationProgress) => void,
    readonly signal: AbortSignal,
  ) {
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    signal.addEventListener('abort', () => this.fail(new GlassboxError('cancelled', 'cancelled')), { once: true });
  }

  /** Writes more text, as decode steps do. */
  stream(text: string): void {
    this.text += text;
    this.onProgress({ text: this.text, tokenCount: this.text.length });
  }

  /** Writes the rest and ends. */
  finish(text = ''): void {
    if (text !== '') this.stream(text);
    this.isSettled = true;
    this.#resolve(resultOf(this.text));
  }

  fail(error: Error): void {
    this.isSettled = true;
    this.#reject(error);
  }
}

/** An engine that writes what a test tells it to: at once when `respond` is given, else step by step through `calls`. */
export class ScriptedEngine implements CompletionEngine {
  readonly calls: ScriptedGeneration[] = [];
  readonly prefills: { readonly prompt: PromptParts; readonly signal: AbortSignal }[] = [];

  constructor(private readonly respond?: (request: GenerationRequest) => string | Error) {}

  /** The latest call; fails when there is none. */
  get latest(): ScriptedGeneration {
    const call = this.calls.at(-1);
    if (call === undefined) throw new Error('the engine was not asked');
    return call;
  }

  generate(
    request: GenerationRequest,
    onProgress: (progress: GenerationProgress) => void,
    signal: AbortSignal,
  ): Promise<GenerationResult> {
    const call = new ScriptedGeneration(request, onProgress, signal);
    this.calls.push(call);
    const answer = this.respond?.(request);
    if (typeof answer === 'string') call.finish(answer);
    else if (answer !== undefined) call.fail(answer);
    return call.result;
  }

  async prefill(prompt: PromptParts, signal: AbortSignal): Promise<PrefillResult> {
    this.prefills.push({ prompt, signal });
    return { promptTokenCount: 1, reusedTokenCount: 0, prefillMs: 1 };
  }
}

/** A generation that wrote `text`. */
export function resultOf(text: string): GenerationResult {
  return {
    text,
    tokens: [{ id: 1, text, logProb: -0.1, alternatives: [] }],
    healedLength: 0,
    stopReason: 'line-end',
    promptTokenCount: 10,
    reusedTokenCount: 0,
    timings: { queueMs: 0, loadMs: 0, tokenizeMs: 0, prefillMs: 0, decodeMs: 0 },
  };
}
