import { InferenceSession, Tensor, env } from 'onnxruntime-node';
import type { OnnxRuntime, OnnxSession, OnnxSessionOptions, SessionTensor } from './onnxRuntime.js';

/** ONNX Runtime's errors only; its warnings are about graph optimizations that nobody here can act on. */
const errorSeverity = 3;

/** ONNX Runtime on the CPU through `onnxruntime-node`: the one module of Glassbox that loads native code. */
export class NativeOnnxRuntime implements OnnxRuntime {
  readonly version = env.versions.node ?? env.versions.common;

  /** See {@link OnnxRuntime.createSession}. */
  async createSession(model: Uint8Array, options: OnnxSessionOptions): Promise<OnnxSession> {
    return new NativeOnnxSession(await InferenceSession.create(model, sessionOptions(options)));
  }
}

function sessionOptions({ threadCount, externalDataFolder }: OnnxSessionOptions): InferenceSession.SessionOptions {
  return {
    executionProviders: ['cpu'],
    executionMode: 'sequential',
    intraOpNumThreads: threadCount,
    interOpNumThreads: 1,
    logSeverityLevel: errorSeverity,
    // Shapes change with every run here, and a memory pattern would be planned and kept for each of them.
    enableMemPattern: false,
    extra: {
      session: {
        // Masked positions turn into denormals, on which the CPU is slow. The flag sticks to the thread that creates the
        // session (JavaScript on it prints 5e-324 as 0), which is one more reason for a process of its own.
        set_denormal_as_zero: '1',
        // Idle threads would otherwise spin on the cores that the editor and its language servers need.
        'intra_op.allow_spinning': '0',
        ...(externalDataFolder === undefined
          ? {}
          : { model_external_initializers_file_folder_path: externalDataFolder }),
      },
    },
  };
}

class NativeOnnxSession implements OnnxSession {
  readonly #session: InferenceSession;

  constructor(session: InferenceSession) {
    this.#session = session;
  }

  async run(
    feeds: Readonly<Record<string, SessionTensor>>,
    outputs: readonly string[],
  ): Promise<Record<string, Float32Array>> {
    const tensors: Record<string, Tensor> = {};
    for (const [name, { type, data, dims }] of Object.entries(feeds)) tensors[name] = new Tensor(type, data, dims);
    const results = await this.#session.run(tensors, outputs);
    const data: Record<string, Float32Array> = {};
    for (const name of outputs) data[name] = results[name]!.data as Float32Array;
    return data;
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}
