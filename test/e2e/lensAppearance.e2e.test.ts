import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { paintedLine } from './editor/paintedLine.js';
import { root } from './editor/places.js';
import { until } from './editor/until.js';
import { withEditor } from './editor/withEditor.js';
import type { Workbench } from './editor/workbench.js';

const editor = withEditor({
  locale: 'ko',
  machineSettings: {
    'glassbox.models.folders': ['tiny-fp32', 'tiny-mha-no-position-ids'].map((name) =>
      path.join(root, 'test/fixtures/models', name),
    ),
  },
});
let window: Workbench;

beforeAll(async () => {
  window = await editor.open('lensAppearance', 'src/tasks.ts');
  await window.openFile('scripts/report.py');
  await window.press('Control+Home');
});

const line = 'from datetime import date';

const themes = [
  ['Default Dark Modern', 'vs-dark'],
  ['Default Light Modern', 'vs'],
  ['Default High Contrast', 'hc-black'],
  ['Default High Contrast Light', 'hc-light'],
] as const;

async function useTheme(theme: string, themeClass: string): Promise<void> {
  await window.evaluate(
    (api, name) => api.workspace.getConfiguration('workbench').update('colorTheme', name, true),
    theme,
  );
  await until('the theme is on', () => window.page.locator(`.monaco-workbench.${themeClass}`).count());
}

describe('the token lens in every theme', () => {
  it.each(themes)('has boundaries that stand out from their tint in %s', async (theme, themeClass) => {
    await window.evaluate((api) => api.commands.executeCommand('glassbox.tokens.toggleLens'));
    await useTheme(theme, themeClass);

    const boxes = await until('the line is painted', async () => {
      const found = await paintedLine(window.page, line);
      return found.length === 4 ? found : undefined;
    });
    await window.screenshot(`token-lens-${themeClass}`);
    await window.evaluate((api) => api.commands.executeCommand('glassbox.tokens.toggleLens'));
    await until('it is gone', async () => (await paintedLine(window.page, line)).length === 0);

    expect(new Set(boxes.map(({ background }) => background)).size).toBe(4);
    expect(boxes.filter(({ border, background }) => border === background)).toEqual([]);
  });
});

describe('the probability lens in every theme', () => {
  it.each(themes)('has steps that differ in tint and in line in %s', async (theme, themeClass) => {
    await window.evaluate((api) => api.commands.executeCommand('glassbox.probability.toggleLens'));
    await useTheme(theme, themeClass);

    const boxes = await until('the lens is painted', async () => {
      const found = await paintedLine(window.page, '        return json.load(file)');
      return found.length > 2 ? found : undefined;
    });
    await until('the file is read', async () => /퍼플렉시티 [\d.]+/.test(await window.lensItem().innerText()));
    await window.screenshot(`probability-lens-${themeClass}`);
    await window.evaluate((api) => api.commands.executeCommand('glassbox.probability.toggleLens'));
    await until('it is gone', async () => (await paintedLine(window.page, line)).length === 0);

    expect(new Set(boxes.map(({ background }) => background)).size).toBeGreaterThan(1);
    expect(new Set(boxes.map(({ underline }) => underline)).size).toBeGreaterThan(1);
  });
});

describe('the comparison in every theme', () => {
  beforeAll(async () => {
    await window.evaluate((api) => void api.commands.executeCommand('glassbox.probability.compareModels'));
    for (const [step, answer] of ['float32', 'each head', '로그 확률'].entries()) {
      await window.page.locator('.quick-input-title', { hasText: `(${String(step + 1)}/3)` }).waitFor();
      await window.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
      await window.type(answer);
      await window.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: answer }).waitFor();
      await window.press('Enter');
    }
    await until('both have read the file', async () => /퍼플렉시티/.test((await label()) ?? ''));
  });

  it.each(themes)('tells the two models apart by the line below as well in %s', async (theme, themeClass) => {
    await useTheme(theme, themeClass);

    const boxes = await until('the line is painted', async () => {
      const found = await paintedLine(window.page, '        return json.load(file)');
      return found.length > 2 ? found : undefined;
    });
    await window.screenshot(`comparison-${themeClass}`);

    expect(new Set(boxes.map(({ background }) => background)).size).toBeGreaterThan(1);
    expect(new Set(boxes.map(({ underline }) => underline)).size).toBeGreaterThan(1);
  });
});

function label(): Promise<string | null> {
  return window.lensItem().locator('a').getAttribute('aria-label');
}

describe('in Korean', () => {
  it('speaks Korean in hover, status bar and menu', async () => {
    await window.evaluate((api) => api.commands.executeCommand('glassbox.tokens.toggleLens'));
    await until('the file is counted', async () => /\d+토큰/.test(await window.lensItem().innerText()));

    const hover = await window.hoverOver('datetime', 3);
    await window.screenshot('token-lens-korean-hover');
    await window.lensItem().click();
    await window.page.locator('.quick-input-title', { hasText: '이 파일의 렌즈' }).waitFor();
    const rows = await window.page.locator('.quick-input-list .monaco-list-row').allInnerTexts();
    await window.screenshot('lens-menu-korean');
    await window.press('Escape');

    expect(hover).toContain('병합 순위');
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.filter((row) => !/\p{Script=Hangul}/u.test(row))).toEqual([]);
  });
});
