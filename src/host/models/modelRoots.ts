import { isAbsolute } from 'node:path';
import type { ModelRoot } from '../../core/model/modelDescriptor.js';

/**
 * Folders to look for models in: the bundled ones, and in a trusted workspace those the user named. A relative folder
 * would mean something else in every window, so only absolute ones count.
 */
export function modelRoots(bundledFolder: string, userFolders: readonly string[], trusted: boolean): ModelRoot[] {
  const bundled: ModelRoot = { path: bundledFolder, source: 'bundled' };
  if (!trusted) return [bundled];
  return [bundled, ...userFolders.filter((path) => isAbsolute(path)).map((path): ModelRoot => ({ path, source: 'folder' }))];
}
