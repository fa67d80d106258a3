// npm run bench [-- options]: builds, then measures Glassbox beside its peers. See --help.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { build } from 'esbuild';
import { makeBundles } from './bundle.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const outdir = path.join(root, 'out/bench');

await makeBundles({ production: true });
await build({
  absWorkingDir: root,
  entryPoints: ['test/bench/main.ts', 'test/bench/peers/transformersPeer.ts', 'test/bench/peers/llamaPeer.ts'],
  entryNames: '[name]',
  outExtension: { '.js': '.mjs' },
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // The peers run as installed; commander brings its own module format.
  packages: 'external',
  logLevel: 'warning',
});
const child = spawn(process.execPath, [path.join(outdir, 'main.mjs'), ...process.argv.slice(2)], { stdio: 'inherit' });
const [exitCode] = await once(child, 'exit');
process.exitCode = exitCode ?? 1;
