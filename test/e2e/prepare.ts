import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { makeBundles } from '../../src/build/bundle.mjs';
import { ensureChromium } from '../../src/build/chromium.mjs';
import { ensureCodeServer } from '../../src/build/codeServer.mjs';
import { driverFolder, root, screenshotFolder } from './editor/places.js';

/** What every end-to-end test needs: the editor, a browser, the extension and the driver. */
export async function setup(): Promise<void> {
  await ensureChromium();
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
