// npm run eval [-- options]: builds, then measures a code model on held-out code. See --help.
import path from 'node:path';
import { makeBundles } from './bundle.mjs';
import { bundleMeasurements } from './measurementPrograms.mjs';
import { main, root, show, step } from './terminal.mjs';

const outdir = path.join(root, 'out/eval');
/** The program, and apart from it what its answers depend on: it goes on with stored answers while that stays the same. */
const programs = ['test/eval/main.ts', 'test/eval/measure/runEval.ts', 'test/eval/contestants/evalRows.ts'];

await main(async () => {
  await step('Building', async () => {
    await makeBundles({ production: true });
    await bundleMeasurements(programs, outdir);
  });
  process.exitCode = await show(process.execPath, [path.join(outdir, 'main.mjs'), ...process.argv.slice(2)]);
});
