// npm run bench [-- options]: builds, then measures Glassbox beside its peers. See --help.
import path from 'node:path';
import { makeBundles } from './bundle.mjs';
import { bundleMeasurements } from './measurementPrograms.mjs';
import { main, root, show, step } from './terminal.mjs';

const outdir = path.join(root, 'out/bench');
const programs = ['test/bench/main.ts', 'test/bench/peers/transformersPeer.ts', 'test/bench/peers/llamaPeer.ts'];

await main(async () => {
  await step('Building', async () => {
    await makeBundles({ production: true });
    await bundleMeasurements(programs, outdir);
  });
  process.exitCode = await show(process.execPath, [path.join(outdir, 'main.mjs'), ...process.argv.slice(2)]);
});
