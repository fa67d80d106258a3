import path from 'node:path';
import type { Clock } from '../../core/clock.js';
import { GlassboxError, throwIfAborted } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import type { ModelDescriptor, ModelRoot, ModelSource, ModelVerification } from '../../core/model/modelDescriptor.js';
import type { OnnxRuntime } from '../onnx/onnxRuntime.js';
import { RowStatistics } from '../analysis/rowStatistics.js';
import { createDecoder, createEncoder, operatorThreads } from './createSessions.js';
import { inspectModel, type CheckedModel } from './inspectModel.js';
import { LoadedEncoder } from './loadedEncoder.js';
import { LoadedModel } from './loadedModel.js';
import { readModelFolder } from './modelFolder.js';
import { scanModels } from './scanModels.js';

/** A loaded model and what loading it took. */
export interface RegisteredModel<Model = LoadedModel | LoadedEncoder> {
  readonly model: Model;
  readonly loadMs: number;
}

/** Where the weights of a model are. */
interface ModelPlace {
  /** Absolute. */
  readonly folder: string;
  readonly graph: string | undefined;
}

/** No path holds a zero. */
function keyOf({ folder, graph }: ModelPlace): string {
  return graph === undefined ? folder : `${folder}\0${graph}`;
}

/**
 * Own choice: the active model, two that are compared, and one that is being switched to. Nothing that is in use is ever
 * beyond it, because one analysis runs at a time and only completions come between.
 */
const maxModels = 4;

/**
 * The models that the engine holds, by folder and graph. Each is loaded on first use and stays until it is unloaded, or
 * until others were used after it than may be held at once.
 */
export class ModelRegistry {
  readonly #runtime: OnnxRuntime;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #sources = new Map<string, ModelSource>();
  /** The one last used is the last. */
  readonly #loading = new Map<string, Promise<RegisteredModel>>();
  readonly #loaded = new Map<string, RegisteredModel>();
  readonly #disposal = new AbortController();
  readonly #statistics: RowStatistics;

  constructor(runtime: OnnxRuntime, clock: Clock, log: Log) {
    this.#runtime = runtime;
    this.#statistics = new RowStatistics(runtime, operatorThreads());
    this.#clock = clock;
    this.#log = log;
  }

  /** The models that are ready, in the order in which they were loaded. */
  get loaded(): readonly RegisteredModel[] {
    return [...this.#loaded.values()];
  }

  /** See {@link scanModels}; what it says about a folder's source is remembered for later. */
  async scan(roots: readonly ModelRoot[]): Promise<readonly ModelDescriptor[]> {
    const models = await scanModels(roots);
    for (const { folder, source } of models) this.#sources.set(folder, source);
    return models;
  }

  /** Checks a folder without loading it. */
  async verify(folder: string, signal: AbortSignal): Promise<ModelVerification> {
    const absolute = path.resolve(folder);
    return (await inspectModel(absolute, this.#sourceOf(absolute), signal)).verification;
  }

  /**
   * The model of a folder that writes; see {@link loadAny}.
   *
   * @throws GlassboxError `model-unsupported` also when the model is an encoder.
   */
  async load(folder: string, signal: AbortSignal, graph?: string): Promise<RegisteredModel<LoadedModel>> {
    const { model, loadMs } = await this.loadAny(folder, signal, graph);
    if (model instanceof LoadedModel) return { model, loadMs };
    throw wrongArchitecture(model.descriptor, 'an encoder: it turns text into vectors and cannot write');
  }

  /**
   * The model of a folder that turns text into vectors; see {@link loadAny}.
   *
   * @throws GlassboxError `model-unsupported` also when the model is a decoder.
   */
  async loadEncoder(folder: string, signal: AbortSignal, graph?: string): Promise<RegisteredModel<LoadedEncoder>> {
    const { model, loadMs } = await this.loadAny(folder, signal, graph);
    if (model instanceof LoadedEncoder) return { model, loadMs };
    throw wrongArchitecture(model.descriptor, 'a decoder: it writes text and makes no vectors');
  }

  /**
   * The model of a folder, checked and loaded if it was not. Requests that arrive meanwhile wait for the same load, so
   * that it goes on when one of them is cancelled.
   *
   * @param graph an ONNX file that the card lists; the default one when left out.
   * @throws GlassboxError with the first thing that is wrong with the model; `cancelled`.
   */
  async loadAny(folder: string, signal: AbortSignal, graph?: string): Promise<RegisteredModel> {
    const absolute = path.resolve(folder);
    // Without a graph nothing is awaited before the load is known, so that an unload right after it finds it.
    const place = { folder: absolute, graph: graph && (await this.#otherGraph(absolute, graph)) };
    const entry = await (this.#used(keyOf(place)) ?? this.#startLoading(place));
    throwIfAborted(signal);
    return entry;
  }

  /** Frees all graphs of a model; nothing happens when none is loaded. */
  async unload(folder: string): Promise<void> {
    const absolute = path.resolve(folder);
    const keys = [...this.#loading.keys()].filter((key) => key === absolute || key.startsWith(`${absolute}\0`));
    await Promise.all(keys.map((key) => this.#unload(key)));
  }

  /** Frees all models. */
  async dispose(): Promise<void> {
    this.#disposal.abort();
    await Promise.all([...this.#loading.keys()].map((key) => this.#unload(key)));
    await this.#statistics.release();
  }

  #used(key: string): Promise<RegisteredModel> | undefined {
    const loading = this.#loading.get(key);
    if (loading === undefined) return undefined;
    this.#loading.delete(key);
    this.#loading.set(key, loading);
    return loading;
  }

  async #unload(key: string): Promise<void> {
    const loading = this.#loading.get(key);
    this.#loading.delete(key);
    const entry = await loading?.catch(() => undefined);
    if (entry === undefined) return;
    if (this.#loaded.get(key) === entry) this.#loaded.delete(key);
    await entry.model.release();
  }

  /** The graph, unless it is the card's default one: that is loaded without a name, and must not be loaded twice. */
  async #otherGraph(folder: string, graph: string): Promise<string | undefined> {
    const found = await readModelFolder(folder, this.#sourceOf(folder));
    return found.kind === 'model' && found.card.onnx.default === graph ? undefined : graph;
  }

  #startLoading(place: ModelPlace): Promise<RegisteredModel> {
    const key = keyOf(place);
    const loading = this.#load(place);
    this.#loading.set(key, loading);
    // A failed load is forgotten, so that the next request looks at the folder again.
    loading.catch(() => {
      if (this.#loading.get(key) === loading) this.#loading.delete(key);
    });
    return loading;
  }

  async #load(place: ModelPlace): Promise<RegisteredModel> {
    const { folder, graph } = place;
    const started = this.#clock.now();
    const { outcome } = await inspectModel(folder, this.#sourceOf(folder), this.#disposal.signal, graph);
    if ('failure' in outcome) throw outcome.failure;
    // Not this one, when many are loaded at once: it would wait for itself.
    const surplus = [...this.#loading.keys()].slice(0, -maxModels).filter((key) => key !== keyOf(place));
    await Promise.all(surplus.map((key) => this.#unload(key)));
    const model = await this.#create(outcome.model);
    const entry = { model, loadMs: this.#clock.now() - started };
    this.#loaded.set(keyOf(place), entry);
    this.#log.info(`Loaded ${outcome.model.descriptor.id} from ${folder} in ${Math.round(entry.loadMs)} ms.`);
    return entry;
  }

  async #create(model: CheckedModel): Promise<LoadedModel | LoadedEncoder> {
    if (model.architecture === 'encoder') return new LoadedEncoder(model, await createEncoder(model, this.#runtime));
    return new LoadedModel(model, await createDecoder(model, this.#runtime), this.#statistics, this.#clock);
  }

  #sourceOf(folder: string): ModelSource {
    return this.#sources.get(folder) ?? 'folder';
  }
}

function wrongArchitecture({ id }: ModelDescriptor, what: string): GlassboxError {
  return new GlassboxError('model-unsupported', `The model "${id}" is ${what}.`, { action: 'Choose another model.' });
}
