import * as v from 'valibot';
import * as vscode from 'vscode';
import { GlassboxError } from '../../../core/errors.js';
import type { ModelDescriptor } from '../../../core/model/modelDescriptor.js';
import type { ModelCatalog } from '../../models/modelCatalog.js';

const key = 'glassbox.lenses.model';
const stored: v.GenericSchema<unknown, string> = v.string();

/** Which model the probability lens asks: the active one, unless another was chosen. The workspace remembers the choice. */
export class LensModel implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private lastFolder: string | undefined;

  /** Fires after another model is to be asked. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly catalog: ModelCatalog,
    private readonly memento: vscode.Memento,
  ) {}

  /** Folder of the model that was chosen; undefined when the lens follows the active one. */
  get chosenFolder(): string | undefined {
    const read = v.safeParse(stored, this.memento.get<unknown>(key));
    return read.success ? read.output : undefined;
  }

  /** The models that can score text: those that write it. */
  async usable(): Promise<readonly ModelDescriptor[]> {
    await this.catalog.ready();
    return this.catalog.known.filter(({ problem, roles }) => problem === undefined && roles.includes('completion'));
  }

  /** The model to ask. @throws GlassboxError `model-not-found` when there is none; why the engine cannot look. */
  async current(): Promise<ModelDescriptor> {
    const { active } = await this.catalog.ready();
    const chosen = this.chosenFolder;
    const model = (await this.usable()).find(({ folder }) => folder === chosen) ?? active;
    if (model === undefined) throw new GlassboxError('model-not-found', 'No usable model was found.');
    this.lastFolder = model.folder;
    return model;
  }

  /** To be called after the list of models or the active one changed. */
  followModels(): void {
    const folder = this.catalog.choice?.active?.folder;
    if (this.lastFolder === undefined || this.chosenFolder !== undefined || folder === this.lastFolder) return;
    this.lastFolder = folder;
    this.changed.fire();
  }

  /** Asks this model from now on; undefined: the active one. */
  async choose(folder: string | undefined): Promise<void> {
    await this.memento.update(key, folder);
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
