import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CliServices } from '../../../src/cli/cliServices.js';
import type { ModelDescriptor } from '../../../src/core/model/modelDescriptor.js';
import type { Figure } from '../figures/figure.js';
import { searchFigures, speedFigures } from '../figures/searchFigures.js';
import { loadGrammars } from '../pairs/grammars.js';
import { GitMirror } from '../sources/gitMirror.js';
import { measureSearch, measureSpeed } from './measureSearch.js';
import { parseSearchList, rebuildSearchTasks, searchListPath } from './searchTasks.js';
import { measureTransformersSpeed } from './transformersSpeed.js';

/** Texts that transformers.js is given at once: one, and a usual batch. */
const batchSizes = [1, 16];

/** Measures an encoder: how well descriptions find functions, and how fast functions are embedded. */
export async function evaluateEncoder(
  root: string,
  mirror: string,
  encoder: ModelDescriptor,
  { engine, signal }: CliServices,
): Promise<readonly Figure[]> {
  const listed = parseSearchList(readFileSync(path.join(root, searchListPath), 'utf8'));
  const tasks = rebuildSearchTasks(listed, new GitMirror(mirror), await loadGrammars());
  const ranks = await measureSearch(tasks, encoder, engine, signal);
  const speeds = new Map([[encoder.id, await measureSpeed(tasks, encoder, engine, signal)]]);
  for (const batchSize of batchSizes) {
    const label = batchSize === 1 ? 'transformers.js, one at a time' : `transformers.js, ${batchSize} at a time`;
    speeds.set(label, await measureTransformersSpeed(tasks, encoder.folder, batchSize));
  }
  return [...searchFigures(tasks, ranks), ...speedFigures(speeds)];
}
