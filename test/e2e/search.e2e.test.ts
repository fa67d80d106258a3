import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { engineProcesses } from './editor/engineProcesses.js';
import { root } from './editor/places.js';
import { until } from './editor/until.js';
import { withEditor } from './editor/withEditor.js';
import type { Workbench } from './editor/workbench.js';

const editor = withEditor({ locale: 'ko' });
let window: Workbench;

beforeAll(async () => {
  const folder = editor.server.newWorkspace('search');
  cpSync(path.join(root, 'test/fixtures/search'), path.join(folder, 'lib'), { recursive: true });
  writeFileSync(path.join(folder, '.gitignore'), '/made\n');
  cpSync(path.join(root, 'test/fixtures/search'), path.join(folder, 'made'), { recursive: true });
  window = await editor.openFolder(folder, 'src/tasks.ts');
});

const rows = (): Locator => window.page.locator('.quick-input-list .monaco-list-row');
const box = (): Locator => window.page.locator('.quick-input-widget input.input');

/** Waits until the first row of the list is about this. */
async function firstRow(text: string): Promise<string> {
  return until(`${text} is found first`, async () => {
    const first = await window.page.locator('.quick-input-list .monaco-list-row[data-index="0"]').innerText();
    if (!first.includes(text)) throw new Error(`the first row is ${first}`);
    return first;
  });
}

async function openBox(): Promise<void> {
  await window.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  await window.evaluate((api) => void api.commands.executeCommand('glassbox.search.findCode'));
  await window.page.locator('.quick-input-title', { hasText: '설명으로 코드 찾기' }).waitFor();
}

/** The active editor: file, first and last selected line from 1, and the files in tabs. */
function place(): Promise<{
  readonly file: string;
  readonly lines: readonly number[];
  readonly tabs: readonly string[];
}> {
  return window.evaluate((api) => {
    const { document, selection } = api.window.activeTextEditor!;
    const tabs = api.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
    const file = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
    return { file, lines: [selection.start.line + 1, selection.end.line + 1], tabs };
  });
}

async function previewed(name: string): Promise<void> {
  await window.page.locator(`.monaco-editor[data-uri$="${name}"] .view-line`).first().waitFor();
}

describe('find code by description', () => {
  it('reads nothing before it is used', async () => {
    await window.openFile('src/tasks.ts');
    expect(engineProcesses(editor.server.pid)).toEqual([]);
    expect(storedIndexes()).toEqual([]);
  });

  it('is a command in Korean, finds while typing, and shows what it found in the editor', async () => {
    await window.press('F1');
    await box().fill('>설명으로 코드');
    await rows().filter({ hasText: 'Glassbox: 설명으로 코드 찾기…' }).first().waitFor();
    await window.press('Enter');
    await window.page.locator('.quick-input-title', { hasText: '설명으로 코드 찾기' }).waitFor();
    expect(await box().getAttribute('placeholder')).toMatch(/[가-힣]/);
    await window.type('delay before the next attempt');

    await until('all files are read', () => storedIndexes().length === 1);
    const row = await firstRow('delayBeforeAttempt');
    await previewed('net/retry.ts');
    await window.screenshot('search-vs-dark');

    expect(row).toMatch(/lib\/net\/retry\.ts:9 · \d+\s?%/);
    expect(await rows().filter({ hasText: 'made/' }).count()).toBe(0);
    expect(await box().inputValue()).toBe('delay before the next attempt');
  });

  it('goes back to the earlier place on Escape', async () => {
    await window.press('Escape');
    await until('the earlier editor is back', async () => (await place()).file === 'tasks.ts');
    await until('nothing else is open', async () => (await place()).tabs.length === 1);
    expect((await place()).lines).toEqual([30, 30]);
  });

  it('opens the block that is chosen, and selects it', async () => {
    await openBox();
    await window.type('evicts the oldest cache entry when it is full');
    await firstRow('insert');
    await window.press('Enter');
    await until('it is selected', async () => String((await place()).lines) === '17,25');
    expect((await place()).file).toBe('cache.rs');
  });

  it('looks for code like the selected one, as it is in the editor, in a light theme too', async () => {
    await window.evaluate((api) =>
      api.workspace.getConfiguration('workbench').update('colorTheme', 'Default Light Modern', true),
    );
    await until('the theme is on', () => window.page.locator('.monaco-workbench.vs').count());
    await window.openFile('src/format.ts');
    await window.type(
      '\nexport function makeSlug(title: string): string {\n  return title.toLowerCase().normalize("NFKD").strip("-")',
    );
    await window.press('Escape');
    await window.press('Shift+ArrowUp');
    await window.press('Shift+Home');
    await openBox();
    await firstRow('slugify');
    const question = await box().inputValue();
    await window.screenshot('search-vs');
    await box().fill('make slug of the title');
    await rows().filter({ hasText: 'src/format.ts' }).filter({ hasText: 'makeSlug' }).first().waitFor();
    await window.press('Escape');

    expect(question).toContain('makeSlug');
    // On a busy machine reading takes long enough to be shown with a button that stops it.
    const faults = window.notifications().filter({ hasNotText: '코드를 읽는 중' });
    expect(await faults.allInnerTexts()).toEqual([]);
  });
});

function storedIndexes(): readonly string[] {
  // Not the whole folder: the extension is linked into it, with everything that a developer's clone has beside it.
  const folder = path.join(editor.server.folder, 'data');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('search.index'));
}
