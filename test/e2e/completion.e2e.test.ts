import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './editor/chromium.js';
import { EditorServer } from './editor/editorServer.js';
import { until } from './editor/until.js';
import { Workbench } from './editor/workbench.js';

let server: EditorServer;
let browser: Browser;
let window: Workbench;

beforeAll(async () => {
  [server, browser] = await Promise.all([EditorServer.start(), launchChromium()]);
  window = await Workbench.open(browser, server, server.newWorkspace('completion'), 'src/tasks.ts');
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

describe('grey text in the editor', () => {
  it('appears while typing, and Tab writes exactly prefix + text + suffix to disk', async () => {
    await window.openFile('src/tasks.ts');
    const before = await window.text();
    await window.type('export function removeTask(tasks: Task[], id: number): Task[] {\nreturn ');
    const typed = await window.text();

    const ghost = await window.ghostText();
    await window.screenshot('ghost-text-dark');
    await window.press('Tab');
    await until('accepted', async () => (await window.text()) !== typed);
    await window.press('Control+S');

    expect(ghost.trim()).not.toBe('');
    expect(before).not.toBe(typed);
  });
});
