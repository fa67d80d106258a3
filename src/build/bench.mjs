// npm run bench [-- options]: builds, then measures Glassbox beside its peers. See --help.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { makeBundles } from './bundle.mjs';
import { main, root, show, step } from './terminal.mjs';

const outdir = path.join(root, 'out/bench');

/** Lets every module find its files as if it had not been bundled. @type {import('esbuild').Plugin} */
const ownFolders = {
  name: 'own-folders',
  setup(build) {
    build.onLoad({ filter: /\.(ts|mjs)$/ }, ({ path: file }) => ({
      contents: readFileSync(file, 'utf8').replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file))),
      loader: file.endsWith('.ts') ? 'ts' : 'js',
    }));
  },
};

async function bundleBenchmark() {
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/bench/main.ts', 'test/bench/peers/transformersPeer.ts', 'test/bench/peers/llamaPeer.ts'],
    entryNames: '[name]',
    outExtension: { '.js': '.mjs' },
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    plugins: [ownFolders],
    logLevel: 'warning',
  });
}

await main(async () => {
  await step('Building', async () => {
    await makeBundles({ production: true });
    await bundleBenchmark();
  });
  process.exitCode = await show(process.execPath, [path.join(outdir, 'main.mjs'), ...process.argv.slice(2)]);
});
