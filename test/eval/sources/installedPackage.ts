import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GlassboxError } from '../../../src/core/errors.js';

/** A package as it is installed. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

/**
 * Finds an installed package.
 * @throws GlassboxError `file-unreadable` when it is not installed, or not in the version that is asked for.
 */
export function installedPackage(root: string, name: string, wanted?: string): InstalledPackage {
  const folder = path.join(root, 'node_modules', name);
  const manifest = path.join(folder, 'package.json');
  if (!existsSync(manifest)) {
    throw new GlassboxError('file-unreadable', `The package ${name} is not installed.`, { action: 'Run npm ci.' });
  }
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  if (wanted !== undefined && version !== wanted) {
    throw new GlassboxError(
      'file-unreadable',
      `The quick tasks were cut from ${name} ${wanted}, but ${version} is installed.`,
      { action: 'Run npm ci, or make the list again: npm run eval -- --make-tasks quick.' },
    );
  }
  return { name, version, folder };
}
