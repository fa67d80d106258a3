import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeBundles } from '../../../src/build/bundle.mjs';
import type { OwnFigure } from '../../../src/cli/bench/benchReport.js';
import { summarize } from '../../../src/cli/bench/statistics.js';
import { launchChromium } from '../../e2e/editor/chromium.js';
import { EditorServer } from '../../e2e/editor/editorServer.js';
import { extensionId, root } from '../../e2e/editor/places.js';
import { until } from '../../e2e/editor/until.js';
import { Workbench } from '../../e2e/editor/workbench.js';
import { setup } from '../../e2e/prepare.js';

const windows = 5;
const limitMs = 150;

/** A window that has just opened goes on drawing, which takes both cores of a small machine. */
const restMs = 8_000;

/**
 * What VS Code itself says of the extension's activation: loading its code and calling it, read off the list of running
 * extensions. Each window is a fresh extension host. The extension there is a copy that waits to be activated until the
 * window has come to rest: before, the time would be that of the browser, which draws the window on the same cores.
 */
export async function measureActivation(): Promise<OwnFigure> {
  await setup();
  // The tests' build is not what ships.
  await makeBundles({ production: true });
  const extension = layWaitingExtension();
  const server = await EditorServer.start({ extension });
  const browser = await launchChromium();
  const samples: number[] = [];
  try {
    for (let index = 0; index < windows; index++) {
      const folder = server.newWorkspace(`activation${index}`);
      const workbench = await Workbench.openPlain(browser, server, folder, 'src/tasks.ts');
      await delay(restMs);
      await workbench.evaluate((api, id) => api.extensions.getExtension(id)!.activate(), extensionId);
      samples.push(await readActivationTime(workbench));
      await workbench.close();
    }
  } finally {
    await browser.close();
    await server.stop();
    rmSync(extension, { recursive: true, force: true });
  }
  const label = 'Activation in VS Code (code loaded and called)';
  return { id: 'activation', label, unit: 'ms', value: summarize(samples), limit: limitMs };
}

/** The extension as it is, with a manifest that names no moment for its activation. */
function layWaitingExtension(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'glassbox-waiting-'));
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, activationEvents: [] }));
  const shipped = readdirSync(root).filter((name) => /^(dist|media|models|package\.nls.*)$/.test(name));
  for (const name of shipped) symlinkSync(path.join(root, name), path.join(folder, name));
  return folder;
}

async function readActivationTime(workbench: Workbench): Promise<number> {
  // The list draws only the rows that fit.
  await workbench.page.setViewportSize({ width: 1280, height: 4000 });
  await workbench.evaluate((api) => api.commands.executeCommand('workbench.action.showRuntimeExtensions'));
  const row = workbench.page.locator('.runtime-extensions-editor .extension', { hasText: 'Glassbox' }).first();
  const text = await until('the activation time is shown', () => row.locator('.activation-time').innerText());
  const milliseconds = /(\d+)\s*ms/.exec(text)?.[1];
  if (milliseconds === undefined) throw new Error(`No time in "${text}".`);
  return Number(milliseconds);
}
