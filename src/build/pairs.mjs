// npm run pairs [-- options]: cuts what the encoder is trained on out of a corpus. See --help.
import path from 'node:path';
import { bundleMeasurements } from './measurementPrograms.mjs';
import { main, root, show } from './terminal.mjs';

const outdir = path.join(root, 'out/pairs');

await main(async () => {
  await bundleMeasurements(['test/eval/pairs/main.ts'], outdir);
  process.exitCode = await show(process.execPath, [path.join(outdir, 'main.mjs'), ...process.argv.slice(2)]);
});
