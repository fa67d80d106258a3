import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { makeBundles } from '../../src/build/bundle.mjs';
import { ensureCodeServer } from '../../src/build/codeServer.mjs';
import { ensureSystemTools } from '../../src/build/systemTools.mjs';
import { driverFolder, root, screenshotFolder } from './editor/places.js';

/** What every end-to-end test needs: the editor, a browser, the extension and the driver. */
export async function setup(): Promise<void> {
  await ensureSystemTools(['chromium', 'koreanFont']);
  await ensureCodeServer();
  await makeBundles();
  mkdirSync(screenshotFolder, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: ['test/e2e/driver/driver.ts'],
    outfile: path.join(driverFolder, 'driver.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
  });
  cpSync(path.join(root, 'test/e2e/driver/package.json'), path.join(driverFolder, 'package.json'));
}
