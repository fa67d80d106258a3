import { beforeAll, describe, expect, it } from 'vitest';
import { until } from './editor/until.js';
import { withEditor } from './editor/withEditor.js';
import type { Workbench } from './editor/workbench.js';

const editor = withEditor({ settings: { 'glassbox.completion.multiLine': 'never' }, locale: 'ko' });
let window: Workbench;

beforeAll(async () => {
  window = await editor.open('appearance', 'src/tasks.ts');
});

/** What a page has and these tests use; the compiler knows no page here. */
interface PageGlobals {
  getComputedStyle(element: unknown): { readonly color: string; readonly backgroundColor: string };
}

/** Colours of the grey text and of what is behind it, as CSS writes them. */
async function ghostColours(): Promise<readonly [string, string]> {
  const ghost = window.ghost().first();
  const background = window.page.locator('.monaco-editor-background').first();
  return [
    await ghost.evaluate((element) => (globalThis as unknown as PageGlobals).getComputedStyle(element).color),
    await background.evaluate(
      (element) => (globalThis as unknown as PageGlobals).getComputedStyle(element).backgroundColor,
    ),
  ];
}

describe('in every theme', () => {
  it.each([
    ['Default Dark Modern', 'vs-dark'],
    ['Default Light Modern', 'vs'],
    ['Default High Contrast', 'hc-black'],
    ['Default High Contrast Light', 'hc-light'],
  ])('grey text stands out from the background of %s', async (theme, themeClass) => {
    await window.evaluate(
      (api, name) => api.workspace.getConfiguration('workbench').update('colorTheme', name, true),
      theme,
    );
    await until('the theme is on', () => window.page.locator(`.monaco-workbench.${themeClass}`).count());
    await window.openFile('src/tasks.ts');

    await window.typeUntilGhost('\nconst done = ', 'tasks.filter((task) => task.do');
    await window.screenshot(`theme-${themeClass}`);
    // The editor may draw its lines anew while we look, and an element that is gone has no colour.
    const [colour, background] = await until('colours', async () => {
      const colours = await ghostColours();
      return colours.includes('') ? undefined : colours;
    });

    expect(colour).not.toBe(background);
    await window.press('Escape');
  });
});

describe('in Korean', () => {
  it('names the commands and answers in Korean', async () => {
    await window.openFile('.env');
    await window.press('F1');
    await window.page.locator('.quick-input-widget input.input').fill('>Glassbox');
    const rows = window.page.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    const titles = await rows.allInnerTexts();
    await window.screenshot('korean-commands');
    await window.press('Escape');

    await window.evaluate((api) => void api.commands.executeCommand('glassbox.completion.explainNothing'));
    const answer = await window.notifications().first().innerText();
    await window.screenshot('korean-answer');

    expect(titles.length).toBeGreaterThan(5);
    expect(titles.filter((title) => !/Glassbox:.*\p{Script=Hangul}/su.test(title))).toEqual([]);
    expect(answer).toMatch(/^.*\.env.*\p{Script=Hangul}/u);
  });
});
