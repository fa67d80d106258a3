import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { engineProcesses } from './editor/engineProcesses.js';
import { paintedLine, type PaintedBox } from './editor/paintedLine.js';
import { until } from './editor/until.js';
import { withEditor } from './editor/withEditor.js';
import type { Workbench } from './editor/workbench.js';

// Grey text would stand in the lines that are looked at.
const editor = withEditor({ settings: { 'glassbox.completion.enabled': false } });
let window: Workbench;

beforeAll(async () => {
  window = await editor.open('tokens', 'src/tasks.ts');
});

const line = 'from| datetime| import| date';

/** Where tokens begin, as a text with bars. */
function cut(text: string, boxes: readonly PaintedBox[]): string {
  return boxes.map(({ start, end }) => text.slice(start, end)).join('|');
}

/** Waits until a line is painted, and cut at its bars. */
function painted(cutText: string): Promise<readonly PaintedBox[]> {
  const text = cutText.replaceAll('|', '');
  return until(`"${cutText}" is painted`, async () => {
    const boxes = await paintedLine(window.page, text);
    const found = cut(text, boxes);
    if (found !== cutText) throw new Error(`it is cut like this: "${found}"`);
    return boxes;
  });
}

describe('the token lens', () => {
  it('paints each token with a boundary, and neighbours in different colours', async () => {
    await window.openFile('scripts/report.py');
    await window.press('Control+Home');
    const before = await window.page.locator('.view-line', { hasText: 'datetime' }).boundingBox();
    await window.runCommand('Glassbox: Toggle Token Lens');

    const boxes = await painted(line);
    // Line ends are drawn last, and their lines anew.
    const drawn = window.page.locator('.view-line', { hasText: 'datetime' }).locator('[class*="ced-"]').first();
    await drawn.waitFor({ state: 'attached' });
    const after = await window.page.locator('.view-line', { hasText: 'datetime' }).boundingBox();
    await window.screenshot('token-lens-dark');

    expect(boxes.map(({ borderWidth }) => borderWidth)).toEqual([1, 1, 1, 1]);
    expect(new Set(boxes.map(({ background }) => background)).size).toBe(4);
    expect(after).toEqual(before);
  });

  it('says in the status bar how many tokens there are, and of the selection', async () => {
    const item = window.lensItem();
    await until('the file is counted', async () => /\d+ tokens \(\d+(\.\d)?%\)/.test(await item.innerText()));
    await window.press('Shift+End');

    await until('the selection is counted', async () => /^\s*18 of \d+ tokens/.test(await item.innerText()));

    expect(await item.locator('a').getAttribute('aria-label')).toMatch(/Tokenizer: Glassbox Code 5M.*reads at once/);
    await window.press('Control+Home');
  });

  it('tells all about a token in the hover', async () => {
    const hover = await window.hoverOver('datetime', 3);
    await window.screenshot('token-lens-hover');

    expect(hover).toMatch(/Token\s+" datetime"/);
    expect(hover).toMatch(/Id: \d+/);
    expect(hover).toContain('20 64 61 74 65 74 69 6D 65');
    expect(hover).toMatch(/Merge rank: \d+/);
    expect(hover).toMatch(/UTF-16 offsets: 87–96/);
    expect(hover).toContain('Tokenizer: Glassbox Code 5M');
  });

  it('follows what is typed and what is deleted', async () => {
    await window.openFile('scripts/report.py');
    await window.type('\n\nfrom datetime import dates');

    await painted('from| datetime| import| d|ates');
    await window.press('Backspace');

    expect(await painted(line)).toHaveLength(4);
  });

  it('writes the tokens of each line after it, and lists the most expensive lines', async () => {
    await window.openFile('scripts/words.py');
    await window.press('Control+Home');
    await window.runCommand('Glassbox: Toggle Tokens per Line');
    await until('the notes are there', () => notes().then((texts) => texts.length > 5));
    await window.runCommandThatAsks('Glassbox: Show Lines with the Most Tokens…', 'Most Expensive Lines');
    await window.screenshot('token-lens-expensive-lines');
    const rows = await window.page.locator('.quick-input-list .monaco-list-row').allInnerTexts();
    await window.press('Enter');
    const counts = rows.map((row) => Number(/^(\d+) token/.exec(row.trim())?.[1]));

    expect(counts.length).toBeGreaterThan(5);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(await notes()).toContain(`${counts[0]} tokens`);
    const dearest = Number(/line (\d+)/.exec(rows[0]!)?.[1]);
    expect(await window.evaluate((api) => api.window.activeTextEditor!.selection.active.line + 1)).toBe(dearest);
  });

  it('uses the tokenizer that was chosen', async () => {
    await window.openFile('scripts/report.py');
    await window.runCommandThatAsks('Glassbox: Choose Tokenizer of the Token Lens…', 'Choose the Tokenizer');
    const rows = window.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'o200k' }).waitFor();
    await window.screenshot('token-lens-tokenizers');
    await window.type('gpt2');
    await window.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'gpt2' }).waitFor();
    await window.press('Enter');

    // The list gives the keyboard back a moment later.
    await window.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await window.openFile('scripts/report.py');
    await window.press('Control+Home');
    const boxes = await painted('from| dat|etime| import| date');
    await until('the status item says so', async () =>
      (await window.lensItem().locator('a').getAttribute('aria-label'))?.includes('Tokenizer: gpt2'),
    );

    expect(boxes).toHaveLength(5);
    await window.runCommandThatAsks('Glassbox: Choose Tokenizer of the Token Lens…', 'Choose the Tokenizer');
    await window.press('Enter');
    await painted(line);
  });

  it('paints one mark for a character that is spread over tokens, and lists its tokens', async () => {
    writeFileSync(path.join(window.folder, 'emoji.md'), '# 값을 더한다\n\nx 👩‍👩‍👧 \u202eabc\u202c y\n');
    await window.openFile('emoji.md');
    await window.press('Control+Home');
    await window.runCommand('Glassbox: Toggle Token Lens');
    await until('it is painted', async () => (await paintedLine(window.page, '# 값을 더한다')).length > 3);

    const hover = await window.hoverOver('값', 0);
    await window.screenshot('token-lens-spread');

    expect(hover).toMatch(/\d tokens, one character/);
    expect(hover).toContain('EA');
  });

  it('goes on after the engine was killed while it was painting', async () => {
    await window.openFile('scripts/report.py');
    const [killed] = engineProcesses(editor.server.pid);
    // A stopped engine cannot answer, so the request is certain to be in flight when the engine is killed.
    process.kill(killed!, 'SIGSTOP');
    await window.type('\nimport sys');
    process.kill(killed!, 'SIGKILL');
    await until('another engine runs', () => engineProcesses(editor.server.pid).some((pid) => pid !== killed));

    expect(await painted('import| sys')).toHaveLength(2);
  });

  it.each([
    ['one line of a megabyte', 'const value = compute(1, 2); '.repeat(36_000), 'very long line'],
    ['a megabyte of lines', 'const value = compute(1, 2);\n'.repeat(36_000), 'Tokenizer'],
    ['control characters and lone surrogates', '\0\0\0\x01\ud83d\x02 \udc00\n\0'.repeat(20), 'Tokenizer'],
    ['right-to-left text', 'שלום עולם = "טקסט"\n'.repeat(40), 'Tokenizer'],
  ])('bears %s', async (name, text, fact) => {
    await window.openText(text);
    await window.runCommand('Glassbox: Toggle Token Lens');

    await until('something is painted', async () => (await window.page.locator('.view-overlays .cdr').count()) > 20);
    await until('the file is counted', async () => /[\d,]+ tokens/.test(await window.lensItem().innerText()));
    await window.screenshot(`token-lens-${name.replaceAll(' ', '-')}`);

    expect(await window.lensItem().locator('a').getAttribute('aria-label')).toContain(fact);
    expect(await window.notifications().count()).toBe(0);
  });

  it('bears an empty file, and is gone when it is switched off', async () => {
    await window.openText('');
    await window.runCommand('Glassbox: Toggle Token Lens');
    await until('the file is counted', async () => (await window.lensItem().innerText()).includes('0 tokens'));
    await window.openFile('scripts/report.py');
    await window.press('Control+Home');
    await painted(line);

    await window.runCommand('Glassbox: Switch Off Lenses in This File');

    await until(
      'nothing is painted',
      async () => (await paintedLine(window.page, 'from datetime import date')).length === 0,
    );
    expect(await window.lensItem().isVisible()).toBe(false);
  });

  it('is switched on by the menu of the text, and off by the menu behind the status item', async () => {
    const entry = (title: string): Locator => window.page.getByRole('menuitem', { name: title, exact: true });
    // Not in the line that is looked at: the editor marks the word at the cursor.
    await window.page.locator('.view-line', { hasText: 'Prints what' }).click({ button: 'right' });
    await entry('Glassbox Lenses').hover();
    await entry('Toggle Token Lens').waitFor();
    await window.screenshot('lens-submenu');
    await entry('Toggle Token Lens').click();
    await painted(line);

    await window.lensItem().click();
    await window.page.locator('.quick-input-title', { hasText: 'Lenses of This File' }).waitFor();
    await window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Switch Off Lenses' }).click();

    await until('it is gone', async () => (await paintedLine(window.page, line.replaceAll('|', ''))).length === 0);
  });
});

function notes(): Promise<readonly string[]> {
  return window.page.evaluate(() => {
    const { document, getComputedStyle } = globalThis as unknown as {
      document: { querySelectorAll(selector: string): Iterable<unknown> };
      readonly getComputedStyle: (element: unknown, pseudo: string) => { content: string };
    };
    const contents = [...document.querySelectorAll('.view-line span')].map(
      (span) => getComputedStyle(span, '::after').content,
    );
    return contents.filter((content) => content.includes('token')).map((content) => content.replaceAll('"', ''));
  });
}
