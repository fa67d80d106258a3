import path from 'node:path';
import { build } from 'esbuild';
import { root } from '../../e2e/editor/places.js';

/**
 * Bundles a page of `test/webview/pages/` as the panels are bundled.
 *
 * @returns Absolute path of the bundle.
 */
export async function bundleForBrowser(entry: string): Promise<string> {
  const outfile = path.join(root, 'out/test-bundles', `${path.basename(entry, '.ts')}.js`);
  await build({
    entryPoints: [path.join(root, entry)],
    outfile,
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    logLevel: 'silent',
  });
  return outfile;
}
