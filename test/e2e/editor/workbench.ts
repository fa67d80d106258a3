import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import type * as vscode from 'vscode';
import type { EditorServer } from './editorServer.js';
import { extensionId, screenshotFolder } from './places.js';
import { isStored } from './storedState.js';
import { until } from './until.js';

const pollMs = 30;

/** Longer than the delay before a request, also on a machine with other work. */
const restMs = 1500;

/** What a page has and this file uses; the compiler knows no page here. */
interface PageDocument {
  querySelector(selector: string): unknown;
  createTreeWalker(root: unknown, show: number): { nextNode(): { readonly data: string } | null };
  createRange(): {
    setStart(node: unknown, offset: number): void;
    setEnd(node: unknown, offset: number): void;
    getBoundingClientRect(): { left: number; top: number; width: number; height: number };
  };
}

/** One VS Code window on a folder, used as a person uses it: keys, palette, and what is on the screen. */
export class Workbench {
  readonly page: Page;
  readonly folder: string;
  readonly #server: EditorServer;

  private constructor(page: Page, server: EditorServer, folder: string) {
    this.page = page;
    this.folder = folder;
    this.#server = server;
  }

  /**
   * Opens a window and waits until Glassbox is active in it.
   *
   * @param openFile Path relative to the folder.
   */
  static async open(browser: Browser, server: EditorServer, folder: string, openFile: string): Promise<Workbench> {
    const workbench = await Workbench.openPlain(browser, server, folder, openFile);
    await workbench.#extensionIsActive();
    return workbench;
  }

  /** Opens a window and waits for the file in it, whatever Glassbox does meanwhile. */
  static async openPlain(browser: Browser, server: EditorServer, folder: string, openFile: string): Promise<Workbench> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write', 'local-network-access'],
    });
    const page = await context.newPage();
    page.setDefaultTimeout(90_000);
    server.forgetDriver(folder);
    await page.goto(server.url(folder, path.join(folder, openFile)));
    await page.locator('.editor-instance .monaco-editor .view-line').first().waitFor();
    return new Workbench(page, server, folder);
  }

  async #extensionIsActive(): Promise<void> {
    await until(
      'Glassbox is active',
      () =>
        this.evaluate((api, id) => {
          const extension = api.extensions.getExtension(id);
          if (extension === undefined) throw new Error(`${id} is not installed`);
          return extension.isActive;
        }, extensionId),
      90_000,
    );
  }

  /** Runs a function inside the extension host; it must use nothing of its surroundings. */
  async evaluate<T, A extends readonly unknown[]>(
    call: (api: typeof vscode, ...args: A) => T | Thenable<T>,
    ...args: A
  ): Promise<T> {
    return (await this.#server.call(this.folder, call.toString(), args)) as T;
  }

  /** Runs a command through the palette. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const box = this.page.locator('.quick-input-widget');
    const input = box.locator('input.input');
    await input.waitFor({ state: 'visible' });
    await input.fill(`>${title}`);
    await box.locator('.monaco-list-row.focused', { hasText: title }).first().waitFor();
    await input.press('Enter');
    await box.waitFor({ state: 'hidden' });
  }

  /** Runs a command that asks with a list, and waits for the list and its first row. */
  async runCommandThatAsks(title: string, listTitle: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const box = this.page.locator('.quick-input-widget');
    const input = box.locator('input.input');
    await input.waitFor({ state: 'visible' });
    await input.fill(`>${title}`);
    await box.locator('.monaco-list-row.focused', { hasText: title }).first().waitFor();
    await input.press('Enter');
    await box.locator('.quick-input-title', { hasText: listTitle }).waitFor();
    await box.locator('.monaco-list-row').first().waitFor();
  }

  /**
   * Points at a word of the text and reads the hover.
   *
   * @param word begins a stretch of text that is on the screen
   * @param character which of its characters to point at
   */
  async hoverOver(word: string, character: number): Promise<string> {
    const hover = this.page.locator('.monaco-hover:not(.hidden) .hover-row').first();
    await this.page.keyboard.press('Escape');
    const place = await this.page.evaluate(
      ([text, index]) => {
        const { document } = globalThis as unknown as { document: PageDocument };
        const walker = document.createTreeWalker(document.querySelector('.editor-instance .view-lines'), 4);
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const at = node.data.replaceAll('\u00a0', ' ').indexOf(text);
          if (at < 0) continue;
          const range = document.createRange();
          range.setStart(node, at + index);
          range.setEnd(node, at + index + 1);
          const { left, top, width, height } = range.getBoundingClientRect();
          return { x: left + width / 2, y: top + height / 2 };
        }
        throw new Error(`"${text}" is not on the screen`);
      },
      [word, character] as const,
    );
    await this.page.mouse.move(place.x - 60, place.y);
    await this.page.mouse.move(place.x, place.y, { steps: 4 });
    await hover.waitFor({ state: 'visible' });
    return hover.innerText();
  }

  /** Opens a file of the folder with the cursor at its end. */
  async openFile(name: string): Promise<void> {
    await this.evaluate(
      async (api, file) => {
        await api.window.showTextDocument(api.Uri.file(file), { preview: false });
      },
      path.join(this.folder, name),
    );
    await this.page.locator(`.monaco-editor.focused[data-uri$="${name}"]`).waitFor();
    // Through the keyboard: a selection set by the API could arrive after the first keys.
    await this.press('Control+End');
  }

  /** Gives the keyboard to the editor of the first group, which shows this file. */
  async focusEditor(name: string): Promise<void> {
    await this.evaluate((api) => void api.commands.executeCommand('workbench.action.focusFirstEditorGroup'));
    await this.page.locator(`.monaco-editor.focused[data-uri$="${name}"]`).waitFor();
  }

  /** Opens a text in a new editor without a file, with the cursor at its beginning. */
  async openText(content: string): Promise<void> {
    await this.evaluate(async (api, text) => {
      const document = await api.workspace.openTextDocument({ content: text });
      await api.window.showTextDocument(document, { preview: false });
    }, content);
    await this.page.locator('.monaco-editor.focused[data-uri^="untitled:"]').waitFor();
  }

  /** Types like a person, one key after the other. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 15 });
  }

  /** Presses a key or a combination such as `Control+S`. */
  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** The parts of grey text on the screen: a line may hold several, around what is already there. */
  ghost(): Locator {
    return this.page.locator('.monaco-editor .ghost-text-decoration, .monaco-editor .ghost-text-decoration-preview');
  }

  /**
   * Types a line and goes on key by key until grey text appears: at one place or another a model has nothing to say.
   *
   * @param start Typed in any case.
   * @param more What a person would type next; grey text must appear before its end.
   * @returns The grey text.
   * @throws Error with the answer to "why nothing?", when none appeared.
   */
  async typeUntilGhost(start: string, more: string): Promise<string> {
    for (const text of [start, ...more.split(/(?=.)/u)]) {
      await this.type(text);
      if (await this.#ghostAppears()) return this.#ghostText();
    }
    throw new Error(`No grey text while typing "${start}${more}". ${await this.whyNothing()}`);
  }

  /** Gives up when Glassbox has done nothing for a while; the first request of a window starts the engine. */
  async #ghostAppears(): Promise<boolean> {
    let restsSince = performance.now();
    while (performance.now() - restsSince < restMs) {
      if ((await this.ghost().count()) > 0) return true;
      if ((await this.statusItem().locator('.codicon-modifier-spin').count()) > 0) restsSince = performance.now();
      await delay(pollMs);
    }
    return false;
  }

  async #ghostText(): Promise<string> {
    // The editor draws spaces as no-break spaces.
    return (await this.ghost().allTextContents()).join('').replaceAll('\u00a0', ' ');
  }

  /** Text of the editor that has the keyboard. */
  async text(): Promise<string> {
    return this.evaluate((api) => api.window.activeTextEditor?.document.getText() ?? '');
  }

  /** The notifications on the screen. */
  notifications(): Locator {
    return this.page.locator('.notification-toast .notification-list-item-message');
  }

  /** Opens the list of notifications, where those stay whose time on the screen is over, and reads it. */
  async allNotifications(): Promise<string[]> {
    await this.evaluate(async (api) => {
      await api.commands.executeCommand('notifications.showList');
    });
    const center = this.page.locator('.notifications-center.visible');
    await center.waitFor();
    return center.locator('.notification-list-item-message').allInnerTexts();
  }

  /** Asks "why nothing?" at the cursor, as its shortcut in the palette does, and reads the answer. */
  async whyNothing(): Promise<string> {
    await this.evaluate((api) => void api.commands.executeCommand('notifications.clearAll'));
    await this.runCommand('Glassbox: Why Nothing?');
    return this.notifications().first().innerText();
  }

  /** Glassbox's item in the status bar; its accessible name says the state in a sentence. */
  statusItem(): Locator {
    return this.page.locator(`.statusbar-item[id="${extensionId}.glassbox.status"]`);
  }

  /** The page of the panel on the screen. */
  panel(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /**
   * Closes the window and opens one on the same folder, as after a restart: the editor brings back what was open. An
   * address that names a file would open that file alone.
   *
   * @param remembered what the editor must have written to its storage before, which it does every few seconds when it
   *   is idle; nothing that it wrote earlier may match
   */
  async restart(remembered: RegExp): Promise<void> {
    await until(`the editor has stored ${remembered.source}`, () => isStored(this.page, remembered), 90_000);
    await this.page.goto('about:blank');
    this.#server.forgetDriver(this.folder);
    await this.page.goto(this.#server.url(this.folder));
    await this.#extensionIsActive();
  }

  /** The item of the lenses in the status bar; there only while one is on. */
  lensItem(): Locator {
    return this.page.locator(`.statusbar-item[id="${extensionId}.glassbox.lenses"]`);
  }

  /** Keeps a picture of the window in `out/e2e/`. */
  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({
      path: path.join(screenshotFolder, `${name}.png`),
      animations: 'disabled',
      caret: 'hide',
    });
  }

  /** Closes the window. */
  async close(): Promise<void> {
    await this.page.context().close();
  }
}
