import path from 'node:path';
import { build } from 'esbuild';

const repository = path.resolve(import.meta.dirname, '../..');

/**
 * Bundles one TypeScript file so that a plain Node process can run it, as the shipped entries are bundled.
 *
 * @param entry Path below the repository.
 * @returns Absolute path of the bundle, below `out/test-bundles/`.
 */
export async function bundleForNode(entry: string): Promise<string> {
  const name = `${path.basename(entry, '.ts')}.cjs`;
  const outfile = path.join(repository, 'out/test-bundles', path.dirname(entry).replaceAll(path.sep, '-'), name);
  await build({
    entryPoints: [path.join(repository, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['onnxruntime-node'],
    logLevel: 'silent',
  });
  return outfile;
}
