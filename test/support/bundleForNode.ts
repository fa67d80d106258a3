import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const repository = path.resolve(import.meta.dirname, '../..');
const outputFolder = path.join(repository, 'out/test-bundles');

/**
 * Bundles one TypeScript file so that a plain Node process can run it, as the shipped entries are bundled.
 *
 * @param entry Path below the repository.
 * @returns Absolute path of the bundle, below `out/test-bundles/`.
 */
export async function bundleForNode(entry: string): Promise<string> {
  const outfile = path.join(outputFolder, `${path.basename(entry, '.ts')}.cjs`);
  const { outputFiles } = await build({
    entryPoints: [path.join(repository, entry)],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['onnxruntime-node'],
    logLevel: 'silent',
  });
  mkdirSync(outputFolder, { recursive: true });
  // Test files run in parallel and share bundles: nobody must see half a file.
  const unfinished = `${outfile}.${process.pid}`;
  for (const file of outputFiles) writeFileSync(unfinished, file.contents);
  renameSync(unfinished, outfile);
  return outfile;
}
