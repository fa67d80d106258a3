// npm run build [-- --production]: makes dist/ from src/ and webview/, and refuses bundles that cross a layer.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundles, bundleViolations, sizeViolations } from './bundles.mjs';
import { main, root } from './terminal.mjs';

/** An ES module has no `require`, but the CommonJS packages inside it call one for Node's own modules. */
const esmBanner = [
  '#!/usr/bin/env node',
  "import { createRequire as createRequireForBundle } from 'node:module';",
  'const require = createRequireForBundle(import.meta.url);',
].join('\n');

/**
 * Makes one bundle.
 *
 * @param {import('./bundles.mjs').Bundle} bundle
 * @param {boolean} production Minified and without source map.
 * @returns {Promise<import('esbuild').Metafile>}
 */
async function makeBundle(bundle, production) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [bundle.entry],
    outfile: bundle.outfile,
    format: bundle.format,
    external: [...bundle.external],
    bundle: true,
    platform: bundle.platform,
    target: bundle.platform === 'node' ? 'node20' : 'es2022',
    mainFields: bundle.platform === 'node' ? ['module', 'main'] : ['browser', 'module', 'main'],
    minify: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    ...(bundle.format === 'esm' ? { banner: { js: esmBanner } } : {}),
  });
  const name = path.basename(bundle.outfile);
  mkdirSync(path.join(root, 'out/metafiles'), { recursive: true });
  writeFileSync(path.join(root, `out/metafiles/${name}.json`), JSON.stringify(metafile));
  return metafile;
}

/**
 * Makes every bundle whose entry exists.
 *
 * @param {{ production?: boolean }} [options]
 * @returns {Promise<import('esbuild').Metafile[]>} What went into each.
 * @throws Error that lists every forbidden input, when a bundle crosses a layer, and every bundle over its budget.
 */
export async function makeBundles({ production = false } = {}) {
  const present = bundles.filter(({ entry }) => existsSync(path.join(root, entry)));
  const made = await Promise.all(
    present.map(async (bundle) => ({ bundle, metafile: await makeBundle(bundle, production) })),
  );
  const violations = made.flatMap(({ bundle, metafile }) => [
    ...bundleViolations(bundle, metafile),
    ...(production ? sizeViolations(bundle, metafile) : []),
  ]);
  if (violations.length > 0) throw new Error(violations.join('\n'));
  return made.map(({ metafile }) => metafile);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    await makeBundles({ production: process.argv.includes('--production') });
  });
}
