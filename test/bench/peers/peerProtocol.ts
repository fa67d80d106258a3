import type { TimedGeneration } from '../../../src/cli/bench/contestant.js';

/** What a peer's process is told first. */
export interface PeerSetup {
  /** A model folder for transformers.js, a GGUF file for llama.cpp. */
  readonly model: string;
  readonly threadCount: number;
  readonly contextLength: number;
  /** Name of the ONNX file below `onnx/`, without extension. */
  readonly onnxName: string;
}

/** What a peer's process is asked then, one at a time. */
export interface PeerRequest {
  readonly tokens: readonly number[];
  readonly newTokens: number;
}

/** What it answers: to the setup with its version, to each request with the times. */
export type PeerAnswer =
  | { readonly kind: 'ready'; readonly detail: string }
  | { readonly kind: 'generated'; readonly times: TimedGeneration }
  | { readonly kind: 'failed'; readonly message: string };

/** A loaded peer within its process. */
export interface LoadedPeer {
  readonly detail: string;
  generate(request: PeerRequest): Promise<TimedGeneration>;
}
