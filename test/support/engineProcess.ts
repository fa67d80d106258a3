import { existsSync } from 'node:fs';
import path from 'node:path';
import { bundleForNode } from './bundleForNode.js';

const distFolder = path.resolve(import.meta.dirname, '../../dist');

/** Absolute path of the engine that ships. Throws, saying what to run, when it was not built. */
export function builtEngine(): string {
  for (const name of ['engine.cjs', 'watchdogWorker.cjs', 'tokenizerWorker.cjs']) {
    if (!existsSync(path.join(distFolder, name)))
      throw new Error(`dist/${name} is missing: run "npm run build" first.`);
  }
  return path.join(distFolder, 'engine.cjs');
}

/** Bundles an engine of `test/support/engines/`: the real process around handlers that need no model. */
export async function testEngine(name: 'scripted' | 'cannotLoad' | 'exitsAtStart'): Promise<string> {
  await bundleForNode('src/engine/process/watchdogWorker.ts');
  return bundleForNode(`test/support/engines/${name}.ts`);
}
