import type { Clock } from '../core/clock.js';
import type { Log } from '../core/log.js';
import type { EngineHandlers } from '../protocol/engineContract.js';
import type { RpcHandlers } from '../protocol/rpcContract.js';
import type { TokenizersContract } from '../protocol/tokenizersContract.js';
import { pacedReport } from './decoding/pacedReport.js';
import { LoadedModel } from './models/loadedModel.js';
import { ModelRegistry } from './models/modelRegistry.js';
import { NativeOnnxRuntime } from './onnx/nativeOnnxRuntime.js';
import type { OnnxRuntime } from './onnx/onnxRuntime.js';

/** What the handlers need from the process they run in. */
export interface EngineDependencies {
  readonly log: Log;
  readonly clock: Clock;
  /** Answers the requests about tokenizers. */
  readonly tokenizers: {
    readonly handlers: RpcHandlers<TokenizersContract>;
    dispose(): Promise<void>;
  };
  /** ONNX Runtime; the native one when left out. */
  readonly runtime?: OnnxRuntime;
}

const neverWaits = (): Promise<void> => Promise.resolve();

/**
 * Composition root of the engine: answers every method of the engine contract. Waiting in the process's queue is not
 * known here, so `queueMs` and `queueLength` are 0 and the process fills them in. `dispose` frees all models.
 */
export function createEngineHandlers(dependencies: EngineDependencies): EngineHandlers & { dispose(): Promise<void> } {
  const { log, clock, tokenizers, runtime = new NativeOnnxRuntime() } = dependencies;
  const registry = new ModelRegistry(runtime, clock, log);
  return {
    ...tokenizers.handlers,
    'models/scan': ({ roots }) => registry.scan(roots),
    'models/verify': ({ folder }, { signal }) => registry.verify(folder, signal),
    'models/load': async ({ folder }, { signal }) => (await registry.loadAny(folder, signal)).model.descriptor,
    'models/unload': async ({ folder }) => {
      await registry.unload(folder);
      return null;
    },
    'completion/generate': async ({ folder, ...request }, { signal, report }) => {
      const started = clock.now();
      const { model } = await registry.load(folder, signal);
      const loadMs = clock.now() - started;
      const result = await model.generate(request, pacedReport(report, clock), signal);
      return { ...result, timings: { ...result.timings, loadMs } };
    },
    'completion/prefill': async ({ folder, prompt }, { signal }) =>
      (await registry.load(folder, signal)).model.prefill(prompt, signal),
    'tokens/encode': async ({ folder, text }, { signal }) => (await registry.load(folder, signal)).model.encode(text),
    'scores/score': async ({ folder, graph, ...request }, { signal, report, giveWay = neverWaits }) =>
      (await registry.load(folder, signal, graph)).model.analyst.score(request, report, { signal, giveWay }),
    'scores/compare': async ({ folder, graph, other, ...request }, { signal, report, giveWay = neverWaits }) => {
      const own = await registry.load(folder, signal, graph);
      const second = await registry.load(other.folder, signal, other.graph);
      return own.model.analyst.compare(second.model.analyst, request, report, { signal, giveWay });
    },
    'nextTokens/predict': async ({ folder, graph, ...request }, { signal, giveWay = neverWaits }) =>
      (await registry.load(folder, signal, graph)).model.analyst.predictNext(request, { signal, giveWay }),
    'explain/suggestion': async ({ folder, ...explained }, { signal, giveWay = neverWaits }) =>
      (await registry.load(folder, signal)).model.explainer.explain(explained, { signal, giveWay }),
    'explain/occlude': async ({ folder, detail, ...explained }, { signal, report, giveWay = neverWaits }) =>
      (await registry.load(folder, signal)).model.explainer.occlude(explained, detail, report, { signal, giveWay }),
    'memory/remember': async ({ folder, files }, { signal }) =>
      (await registry.load(folder, signal)).model.memory.remember(files),
    'embeddings/embed': async ({ folder, graph, texts }, { signal, report, giveWay = neverWaits }) =>
      (await registry.loadEncoder(folder, signal, graph)).model.embed(texts, report, { signal, giveWay }),
    'engine/state': async () => ({
      pid: process.pid,
      onnxRuntimeVersion: runtime.version,
      residentBytes: process.memoryUsage.rss(),
      queueLength: 0,
      models: registry.loaded.map(({ model, loadMs }) => ({
        id: model.descriptor.id,
        folder: model.descriptor.folder,
        loadMs,
        cachedTokenCount: model.cachedTokenCount,
        rememberedTokenCount: model instanceof LoadedModel ? model.memory.state.tokenCount : 0,
      })),
    }),
    dispose: async () => {
      await Promise.all([registry.dispose(), tokenizers.dispose()]);
    },
  };
}
