import { GlassboxError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import type { ModelDescriptor, ModelProblem, ModelRoot } from '../../core/model/modelDescriptor.js';
import type { EngineClient } from '../../protocol/engineContract.js';
import { chooseModel, type ModelChoice } from './modelChoice.js';

/** What the catalogue needs from outside. */
export interface ModelCatalogDeps {
  readonly engine: EngineClient;
  readonly log: Log;
  /** Folders to look in, bundled ones first; depends on settings and workspace trust. */
  readonly roots: () => readonly ModelRoot[];
  /** Id or folder of the model the user chose; empty for the bundled one. */
  readonly wanted: () => string;
  /** Called after the list or the choice changed. */
  readonly onDidChange: () => void;
}

/**
 * The models at hand and the one that completes. Nothing is looked for until the first call of {@link ready},
 * because looking starts the engine.
 */
export class ModelCatalog {
  private models: readonly ModelDescriptor[] = [];
  private current: ModelChoice | undefined;
  private scan: Promise<ModelChoice | undefined> | undefined;
  private generation = 0;
  /** Problems met while loading or running, by folder: scanning reads cards only and does not see them. */
  private readonly faults = new Map<string, ModelProblem>();

  constructor(private readonly deps: ModelCatalogDeps) {}

  /** The folders that are looked through now, for requests that look for more than models in them. */
  get roots(): readonly ModelRoot[] {
    return this.deps.roots();
  }

  /** The models found last, broken ones with their problem. */
  get known(): readonly ModelDescriptor[] {
    return this.models;
  }

  /** The choice as far as it is known; undefined until somebody looked. */
  get choice(): ModelChoice | undefined {
    return this.current;
  }

  /** Looks through the folders if that was not done since the last {@link refresh}. @throws GlassboxError */
  async ready(): Promise<ModelChoice> {
    this.scan ??= this.runScan(++this.generation);
    const found = await this.scan;
    return found === undefined ? this.ready() : (this.current ?? found);
  }

  /**
   * Looks again, after folders, trust or the engine changed; faults met while running are forgotten. Before the first
   * look nothing happens: there is nothing to be out of date.
   */
  refresh(): void {
    this.faults.clear();
    if (this.scan === undefined) return;
    this.scan = undefined;
    this.ready().catch((error: unknown) => this.deps.log.warn(GlassboxError.from(error).sentence));
  }

  /** Applies the user's choice, or a fault, to the models already found. */
  choose(): void {
    if (this.current === undefined) return;
    this.applyChoice();
  }

  /** Marks a model that failed while loading or running, so that another one takes over. */
  reportFault(folder: string, error: GlassboxError): void {
    this.faults.set(folder, { code: error.code, message: error.message, action: error.action });
    this.models = this.models.map((model) => this.withFault(model));
    this.choose();
  }

  private applyChoice(): ModelChoice {
    const choice = chooseModel(this.models, this.deps.wanted());
    this.current = choice;
    this.deps.onDidChange();
    return choice;
  }

  /** Undefined when a refresh made the look worthless while it was under way. */
  private async runScan(generation: number): Promise<ModelChoice | undefined> {
    try {
      const found = await this.deps.engine.call('models/scan', { roots: this.deps.roots() });
      if (generation !== this.generation) return undefined;
      this.models = found.map((model) => this.withFault(model));
      for (const { id, folder, problem } of this.models) {
        if (problem === undefined) this.deps.log.info(`model ${id} in ${folder}`);
        else this.deps.log.warn(`model ${id} in ${folder}: ${problem.code}, ${problem.message}`);
      }
      return this.applyChoice();
    } catch (error) {
      if (generation === this.generation) this.scan = undefined;
      throw GlassboxError.from(error, 'engine-unavailable');
    }
  }

  private withFault(model: ModelDescriptor): ModelDescriptor {
    const problem = model.problem ?? this.faults.get(model.folder);
    return problem === undefined ? model : { ...model, problem };
  }
}
