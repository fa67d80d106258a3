import { makeBundles } from '../../../src/build/bundle.mjs';
import type { OwnFigure } from '../../../src/cli/bench/benchReport.js';
import { summarize } from '../../../src/cli/bench/statistics.js';
import { launchChromium } from '../../e2e/editor/chromium.js';
import { EditorServer } from '../../e2e/editor/editorServer.js';
import { until } from '../../e2e/editor/until.js';
import { Workbench } from '../../e2e/editor/workbench.js';
import { setup } from '../../e2e/prepare.js';

const windows = 5;
const limitMs = 150;

/**
 * What VS Code itself says of the extension's activation: loading its code and calling it, read off the list of running
 * extensions. Each window is a fresh extension host.
 */
export async function measureActivation(): Promise<OwnFigure> {
  await setup();
  // The tests' build is not what ships.
  await makeBundles({ production: true });
  const server = await EditorServer.start();
  const browser = await launchChromium();
  const samples: number[] = [];
  try {
    for (let index = 0; index < windows; index++) {
      const folder = server.newWorkspace(`activation${index}`);
      const workbench = await Workbench.open(browser, server, folder, 'src/tasks.ts');
      samples.push(await readActivationTime(workbench));
      await workbench.page.context().close();
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  const label = 'Activation in VS Code (code loaded and called)';
  return { id: 'activation', label, unit: 'ms', value: summarize(samples), limit: limitMs };
}

async function readActivationTime(workbench: Workbench): Promise<number> {
  await workbench.evaluate((api) => api.commands.executeCommand('workbench.action.showRuntimeExtensions'));
  const row = workbench.page.locator('.runtime-extensions-editor .extension', { hasText: 'Glassbox' }).first();
  const text = await until('the activation time is shown', () => row.locator('.activation-time').innerText());
  const milliseconds = /(\d+)\s*ms/.exec(text)?.[1];
  if (milliseconds === undefined) throw new Error(`No time in "${text}".`);
  return Number(milliseconds);
}
