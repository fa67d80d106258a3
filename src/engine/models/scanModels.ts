import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import { cardFileName } from '../../core/model/modelCard.js';
import type { ModelDescriptor, ModelRoot } from '../../core/model/modelDescriptor.js';
import { readModelFolder } from './modelFolder.js';

/**
 * Lists the models below the roots, in the roots' order and by name within one. A root is a model folder itself or holds
 * model folders as direct children; a child without a card is no model and is left out, but a root that yields
 * nothing is listed with its problem, since somebody named it. A folder reached twice is listed once.
 */
export async function scanModels(roots: readonly ModelRoot[]): Promise<ModelDescriptor[]> {
  const found = new Map<string, ModelDescriptor>();
  for (const root of roots) {
    for (const folder of await modelFolders(path.resolve(root.path))) {
      if (found.has(folder)) continue;
      found.set(folder, (await readModelFolder(folder, root.source)).descriptor);
    }
  }
  return [...found.values()];
}

async function modelFolders(root: string): Promise<string[]> {
  if (await hasCard(root)) return [root];
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink());
  const candidates = folders.map((entry) => path.join(root, entry.name)).sort();
  const withCard = await Promise.all(candidates.map(async (folder) => ((await hasCard(folder)) ? [folder] : [])));
  const models = withCard.flat();
  return models.length > 0 ? models : [root];
}

async function hasCard(folder: string): Promise<boolean> {
  return access(path.join(folder, cardFileName)).then(
    () => true,
    () => false,
  );
}
