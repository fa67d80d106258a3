import { stat } from 'node:fs/promises';
import path from 'node:path';
import { GlassboxError } from '../core/errors.js';
import type { ModelDescriptor, ModelRoot } from '../core/model/modelDescriptor.js';
import type { CliServices } from './cliServices.js';

/** The options that every command takes. */
export interface ModelOptions {
  /** Model id, or a model folder. */
  readonly model?: string;
  /** Folders to look for models in, besides the bundled ones. */
  readonly models: readonly string[];
}

/**
 * Every model that the options make visible, bundled ones first.
 *
 * @throws GlassboxError `file-unreadable` when a named folder does not exist.
 */
export async function visibleModels(options: ModelOptions, services: CliServices): Promise<readonly ModelDescriptor[]> {
  const named = options.model !== undefined && (await isFolder(options.model)) ? [options.model] : [];
  for (const folder of options.models) {
    if (!(await isFolder(folder))) {
      throw new GlassboxError('file-unreadable', `${folder} is not a folder.`, { action: 'Check --models.' });
    }
  }
  const roots: ModelRoot[] = [
    { path: services.bundledModelsFolder, source: 'bundled' },
    ...[...options.models, ...named].map((folder): ModelRoot => ({ path: path.resolve(folder), source: 'folder' })),
  ];
  return services.engine.call('models/scan', { roots }, { signal: services.signal });
}

/**
 * The model that the options choose: the one `--model` names, otherwise the first that can be used for that.
 *
 * @param role what it is to be used for, as cards say it.
 * @throws GlassboxError `model-not-found`, or the problem the chosen folder has.
 */
export async function selectModel(
  options: ModelOptions,
  services: CliServices,
  role: 'completion' | 'embedding' = 'completion',
): Promise<ModelDescriptor> {
  const models = await namedModels(options, services);
  const sound = models.filter((model) => model.problem === undefined);
  const chosen = sound.find(({ roles }) => roles.includes(role)) ?? sound[0] ?? models[0];
  if (chosen === undefined) throw notFound(undefined, models);
  if (chosen.problem !== undefined) {
    const { code, message, action } = chosen.problem;
    throw new GlassboxError(code, message, action === undefined ? {} : { action });
  }
  return chosen;
}

/**
 * The one model that `--model` names, otherwise all of them.
 *
 * @throws GlassboxError `model-not-found` when there is none of that name.
 */
export async function namedModels(options: ModelOptions, services: CliServices): Promise<readonly ModelDescriptor[]> {
  const models = await visibleModels(options, services);
  if (options.model === undefined) return models;
  const named = await findNamed(options.model, models);
  if (named === undefined) throw notFound(options.model, models);
  return [named];
}

async function findNamed(name: string, models: readonly ModelDescriptor[]): Promise<ModelDescriptor | undefined> {
  const byId = models.find((model) => model.id === name);
  if (byId !== undefined || !(await isFolder(name))) return byId;
  const folder = path.resolve(name);
  return models.find((model) => model.folder === folder) ?? models.find((model) => isBelow(model.folder, folder));
}

function notFound(name: string | undefined, models: readonly ModelDescriptor[]): GlassboxError {
  const ids = models.map((model) => model.id).join(', ');
  return new GlassboxError(
    'model-not-found',
    name === undefined ? 'There is no model.' : `There is no model "${name}".`,
    {
      action: ids === '' ? 'Name a model folder with --model FOLDER.' : `Choose one of ${ids}, or name a model folder.`,
    },
  );
}

function isBelow(folder: string, parent: string): boolean {
  return folder.startsWith(parent + path.sep);
}

/** True when `name` is an existing folder. */
export async function isFolder(name: string): Promise<boolean> {
  return stat(name).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}
