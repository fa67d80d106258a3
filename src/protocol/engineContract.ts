import type {
  GenerationProgress,
  GenerationRequest,
  GenerationResult,
  PrefillResult,
} from '../core/completion/generation.js';
import type { ModelDescriptor, ModelRoot, ModelVerification } from '../core/model/modelDescriptor.js';
import type { PromptParts } from '../core/prompt/promptParts.js';
import type { TokenSpan } from '../core/tokenizer/tokenSpan.js';
import type { EmbeddingsContract } from './embeddingsContract.js';
import type { ExplainContract } from './explainContract.js';
import type { MemoryContract } from './memoryContract.js';
import type { ModelTarget } from './modelTarget.js';
import type { NextTokensContract } from './nextTokensContract.js';
import type { RpcHandlerContext } from './rpcContract.js';
import type { ScoresContract } from './scoresContract.js';
import type { TokenizersContract } from './tokenizersContract.js';

/** What the engine holds and does, for "show engine state", the CLI and the benchmarks. */
export interface EngineState {
  readonly pid: number;
  readonly onnxRuntimeVersion: string;
  readonly residentBytes: number;
  readonly queueLength: number;
  readonly models: readonly {
    readonly id: string;
    readonly folder: string;
    readonly loadMs: number;
    readonly cachedTokenCount: number;
    /** Tokens of other files that completion draws on. */
    readonly rememberedTokenCount: number;
  }[];
}

/** How a generation waits while another one runs. */
export interface QueueingOptions {
  /**
   * True for automatic completions: while the request waits, a newer replaceable one for the same model takes its place
   * and this one is answered with `cancelled`. False (the default): it waits its turn, or is refused with `engine-busy`.
   */
  readonly replaceable?: boolean;
}

/** Every request the engine answers: its parameters, its result, and what it streams on the way. */
export interface EngineContract
  extends TokenizersContract, ScoresContract, NextTokensContract, ExplainContract, EmbeddingsContract, MemoryContract {
  /** Lists the models below the given roots by reading their cards; broken ones carry a `problem`. */
  'models/scan': { params: { roots: readonly ModelRoot[] }; result: readonly ModelDescriptor[]; progress: never };
  /** Checks card, hashes, tokenizer and graph signature of one folder. */
  'models/verify': { params: ModelTarget; result: ModelVerification; progress: never };
  /** Verifies and loads; answers at once when loaded. */
  'models/load': { params: ModelTarget; result: ModelDescriptor; progress: never };
  /** Releases the session and the KV cache. */
  'models/unload': { params: ModelTarget; result: null; progress: never };
  'completion/generate': {
    params: ModelTarget & GenerationRequest & QueueingOptions;
    result: GenerationResult;
    progress: GenerationProgress;
  };
  'completion/prefill': { params: ModelTarget & { prompt: PromptParts }; result: PrefillResult; progress: never };
  'tokens/encode': { params: ModelTarget & { text: string }; result: readonly TokenSpan[]; progress: never };
  'engine/state': { params: Record<string, never>; result: EngineState; progress: never };
}

/** A method of {@link EngineContract}. */
export type EngineMethod = keyof EngineContract;

/** Options of one call. */
export interface CallOptions<K extends EngineMethod> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: EngineContract[K]['progress']) => void;
}

/** Asks the engine. The supervisor implements it; host, CLI, tests and benchmarks use it. */
export interface EngineClient {
  /** @throws GlassboxError with the engine's code; `cancelled` as soon as the signal aborts. */
  call<K extends EngineMethod>(
    method: K,
    params: EngineContract[K]['params'],
    options?: CallOptions<K>,
  ): Promise<EngineContract[K]['result']>;
}

/** What the engine's side gets beside the parameters. */
export interface EngineContext<Progress> extends RpcHandlerContext<Progress> {
  /**
   * Lets through what must not wait for a long piece of work; that work calls it where it can be interrupted. Left out
   * where nothing waits.
   */
  readonly giveWay?: () => Promise<void>;
}

/** The engine's side: every method, always abortable. */
export type EngineHandlers = {
  readonly [K in EngineMethod]: (
    params: EngineContract[K]['params'],
    context: EngineContext<EngineContract[K]['progress']>,
  ) => Promise<EngineContract[K]['result']>;
};
