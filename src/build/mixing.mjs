// npm run mixing [-- options]: fits how completion mixes model and memory. See --help.
import path from 'node:path';
import { makeBundles } from './bundle.mjs';
import { bundleMeasurements } from './measurementPrograms.mjs';
import { main, root, show, step } from './terminal.mjs';

const outdir = path.join(root, 'out/mixing');

await main(async () => {
  await step('Building', async () => {
    await makeBundles({ production: true });
    await bundleMeasurements(['test/eval/mixing/main.ts'], outdir);
  });
  process.exitCode = await show(process.execPath, [path.join(outdir, 'main.mjs'), ...process.argv.slice(2)]);
});
