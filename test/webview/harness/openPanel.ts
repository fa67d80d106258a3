import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { PageConnections } from '../../../src/host/panels/pageConnections.js';
import type { RpcContract, RpcHandlers, RpcParamSchemas } from '../../../src/protocol/rpcContract.js';
import { RpcServer } from '../../../src/protocol/rpcServer.js';
import { silentLog } from '../../support/silentLog.js';
import { editorPage } from './editorPage.js';
import type { ThemeKind } from './theme.js';
import { webviewCopy } from './webviewCopy.js';

/** A panel to be opened: the script that ships, and the handlers that answer it. */
export interface PanelUnderTest<C extends RpcContract<C>> {
  /** Path of the bundle. */
  readonly script: string;
  readonly schemas: RpcParamSchemas<C>;
  readonly handlers: RpcHandlers<C>;
  /** Default: dark. */
  readonly theme?: ThemeKind;
  /** Default: `en`. */
  readonly language?: string;
  /** English sentence to translation. */
  readonly strings?: Readonly<Record<string, string>>;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** `reduce` for people who want no movement. */
  readonly reducedMotion?: 'reduce' | 'no-preference';
}

/** A panel on the screen, and what the editor does to it. */
export interface OpenPanel {
  readonly page: Page;
  /** What went wrong in the page: errors nobody caught, and what the content security policy refused. */
  readonly faults: string[];
  /** Sends the page a message that did not come from the protocol. */
  readonly inject: (message: unknown) => Promise<void>;
  /** Hides the panel and shows it again, as VS Code does it: the page goes, and a new one comes with the same state. */
  readonly hideAndShow: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** No server is behind it: every request of the page is answered here. */
const origin = 'https://panel.invalid';

/** What the editor puts into a page before its scripts run; the state outlives the page. */
const editorApi = `{
  let isAcquired = false;
  globalThis.acquireVsCodeApi = () => {
    if (isAcquired) throw new Error('An instance of the VS Code API has already been acquired');
    isAcquired = true;
    return Object.freeze({
      postMessage: (message) => void globalThis.postToHost(message),
      getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
      setState: (state) => { sessionStorage.setItem('state', JSON.stringify(state)); return state; },
    });
  };
}`;

/** Runs in the page. */
function deliver(message: unknown): void {
  (globalThis as unknown as { postMessage(data: unknown, target: string): void }).postMessage(message, '*');
}

/** Opens a panel's real bundle in its real shell, answered by the given handlers over what stands for `postMessage`. */
export async function openPanel<C extends RpcContract<C>>(
  browser: Browser,
  panel: PanelUnderTest<C>,
): Promise<OpenPanel> {
  const { script, schemas, handlers, theme = 'vscode-dark', language = 'en', strings, reducedMotion } = panel;
  const context = await browser.newContext({
    viewport: panel.viewport ?? { width: 900, height: 800 },
    reducedMotion: reducedMotion ?? 'no-preference',
  });
  const page = await context.newPage();
  // For a machine with two slow cores and other work.
  page.setDefaultTimeout(90_000);
  const faults = watchFaults(page);
  const html = editorPage({ script: `${origin}/panel.js`, theme, language, strings });
  const toHost = new Set<(message: unknown) => void>();
  const inject = async (message: unknown): Promise<void> => {
    if (page.isClosed()) return;
    await page.evaluate(deliver, webviewCopy(message));
  };
  const connections = new PageConnections(
    {
      // A page that is gone receives nothing, as in the editor.
      postMessage: (message) => void inject(message).catch(() => undefined),
      onMessage: (listener) => {
        toHost.add(listener);
        return { dispose: () => toHost.delete(listener) };
      },
    },
    (transport) => new RpcServer(transport, handlers, schemas, silentLog),
  );
  await page.exposeFunction('postToHost', (message: unknown) => {
    for (const listener of toHost) listener(webviewCopy(message));
  });
  await page.addInitScript(editorApi);
  await page.route(`${origin}/**`, (route) =>
    route.request().url().endsWith('.js')
      ? route.fulfill({ contentType: 'text/javascript', body: readFileSync(script, 'utf8') })
      : route.fulfill({ contentType: 'text/html', body: html }),
  );
  await page.goto(`${origin}/`);
  return {
    page,
    faults,
    inject,
    hideAndShow: async () => {
      connections.end();
      await page.reload();
    },
    close: async () => {
      connections.dispose();
      await context.close();
    },
  };
}

function watchFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  return faults;
}
