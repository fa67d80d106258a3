// Programs that measure what was built: bundled, because Node does not run TypeScript.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { root } from './terminal.mjs';

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

/**
 * Bundles programs of `test/`; each keeps its name, with the suffix `.mjs`.
 *
 * @param {readonly string[]} entryPoints TypeScript files, relative to the repository.
 * @param {string} outdir Absolute folder.
 */
export async function bundleMeasurements(entryPoints, outdir) {
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: [...entryPoints],
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
