import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { RpcContract } from '../../../src/protocol/rpcContract.js';
import { launchChromium } from '../../e2e/editor/chromium.js';
import { openPanel, type OpenPanel, type PanelUnderTest } from './openPanel.js';

/** Opens panels in one browser. */
export interface PanelBrowser {
  /** The panel is closed after the test, which fails when something went wrong in the page. */
  open<C extends RpcContract<C>>(panel: PanelUnderTest<C>): Promise<OpenPanel>;
}

/** Starts a browser before the tests of a file and stops it after. */
export function withBrowser(): PanelBrowser {
  let browser: Browser | undefined;
  const opened: OpenPanel[] = [];
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterEach(async () => {
    const faults = opened.flatMap((panel) => panel.faults);
    await Promise.all(opened.splice(0).map((panel) => panel.close()));
    expect(faults, 'faults in the page').toEqual([]);
  });
  afterAll(() => browser?.close());
  return {
    open: async (panel) => {
      const open = await openPanel(browser!, panel);
      opened.push(open);
      return open;
    },
  };
}
