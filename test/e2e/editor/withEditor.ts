import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launchChromium } from './chromium.js';
import { EditorServer, type EditorServerOptions } from './editorServer.js';
import { screenshotFolder } from './places.js';
import { Workbench } from './workbench.js';

/** An editor server and a browser that live as long as the tests of one file. */
export interface Editor {
  readonly server: EditorServer;
  /** Opens a window on a fresh copy of the sample workspace, with a file of it open. */
  open(workspace: string, file: string): Promise<Workbench>;
  /** Opens a window on a folder, with a file of it open. */
  openFolder(folder: string, file: string): Promise<Workbench>;
}

/**
 * Starts server and browser before the tests of the file and stops them after.
 *
 * @param options May be a function, for what is made only then.
 * @returns An object that is usable inside tests and hooks.
 */
export function withEditor(options: EditorServerOptions | (() => Promise<EditorServerOptions>) = {}): Editor {
  let server: EditorServer | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    server = await EditorServer.start(typeof options === 'function' ? await options() : options);
    browser = await launchChromium();
  }, 300_000);
  // What was on the screen often says why.
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    const pages = browser?.contexts().flatMap((context) => context.pages()) ?? [];
    for (const [index, page] of pages.entries()) {
      const name = `failed-${task.name.replaceAll(/\W+/g, '-')}-${index + 1}.png`;
      await page.screenshot({ path: path.join(screenshotFolder, name) });
    }
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  return {
    get server() {
      return server!;
    },
    open: (workspace, file) => Workbench.open(browser!, server!, server!.newWorkspace(workspace), file),
    openFolder: (folder, file) => Workbench.open(browser!, server!, folder, file),
  };
}
