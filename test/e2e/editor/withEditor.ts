import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchChromium } from './chromium.js';
import { EditorServer, type EditorServerOptions } from './editorServer.js';
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
