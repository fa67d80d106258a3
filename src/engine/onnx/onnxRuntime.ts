/** A tensor as it goes in and out of a session; `dims` outermost first, `data` row-major. */
export type SessionTensor =
  | { readonly type: 'float32'; readonly dims: readonly number[]; readonly data: Float32Array }
  | { readonly type: 'int64'; readonly dims: readonly number[]; readonly data: BigInt64Array };

/** A loaded graph. */
export interface OnnxSession {
  /**
   * Runs the graph once and returns the named float32 outputs, each in memory of its own. Feeds are read in place. The
   * call waits one turn of the event loop and then blocks the thread until the run is over.
   */
  run(
    feeds: Readonly<Record<string, SessionTensor>>,
    outputs: readonly string[],
  ): Promise<Record<string, Float32Array>>;
  /** Frees the native memory; without it the memory stays taken for the life of the process. */
  release(): Promise<void>;
}

/** How a session is made. */
export interface OnnxSessionOptions {
  /** Threads that share one operator. */
  readonly threadCount: number;
  /** Folder of the files that hold external tensor data; undefined when the graph has none. */
  readonly externalDataFolder: string | undefined;
}

/** What the engine needs of ONNX Runtime. */
export interface OnnxRuntime {
  readonly version: string;
  /** @throws Error of ONNX Runtime when the graph is invalid or holds an operator it does not know. */
  createSession(model: Uint8Array, options: OnnxSessionOptions): Promise<OnnxSession>;
}
