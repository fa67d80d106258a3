import type { Locator, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import 'vscode-jsonrpc/node';
import { startEngine } from '../harness/startEngine.js';
import { withBrowser } from '../harness/withBrowser.js';
import { FakeEditor, labUnderTest, tokenizerFolders } from './labUnderTest.js';

const browser = withBrowser();
const engine = startEngine();
afterAll(() => engine.dispose());

const sample = 'const 이름 = "👩‍👩‍👧";\n\treturn 이름;\n';

async function openLab(editor: FakeEditor): Promise<Page> {
  const { page } = await browser.open(labUnderTest(engine, editor));
  return page;
}

/** A run of boxes by its name for screen readers. */
function run(page: Page, name: string): Locator {
  return page.getByRole('listbox', { name, exact: true });
}

const codeText = 'Text as Glassbox Code 5M cuts it';
const codeIds = 'Tokens of Glassbox Code 5M';
const otherText = 'Text as gpt2 cuts it';
const otherIds = 'Tokens of gpt2';

describe('the lab side by side', () => {
  it('shows every tokenizer’s own ids, and all of the text', async () => {
    const editor = new FakeEditor();
    editor.show(sample);
    const page = await openLab(editor);
    await run(page, otherIds).getByRole('option').first().waitFor();

    const shown = await run(page, otherIds).getByRole('option').allInnerTexts();
    const { ids } = await engine.call('tokenizers/encode', {
      source: { kind: 'builtin', name: 'gpt2' },
      text: sample,
      controlTokens: 'text',
    });

    expect(shown.join(' ').split(' ').map(Number)).toEqual([...ids]);
    expect((await run(page, codeText).getByRole('option').allTextContents()).join('')).toBe(
      'const·이름·=·"👩‍👩‍👧";↵\n→\treturn·이름;↵\n',
    );
  });

  it('links text and ids of all columns, both ways', async () => {
    const editor = new FakeEditor();
    editor.show(sample);
    const page = await openLab(editor);
    const pointed = (name: string): Promise<string[]> => run(page, name).locator('.pointed').allTextContents();

    await run(page, otherIds).getByRole('option').first().hover();
    const [fromIds, ofIds] = [await pointed(codeText), await pointed(codeIds)];
    await run(page, codeText)
      .getByRole('option', { name: /^return/ })
      .hover();
    const fromText = [await pointed(otherText), await pointed(otherIds)];

    expect(fromIds).toEqual(['const']);
    expect(ofIds).toHaveLength(1);
    expect(fromText).toEqual([['return'], ['7783']]);
  });

  it('joins tokens that share a character, and says how many they are', async () => {
    const editor = new FakeEditor();
    editor.show('👩‍👩‍👧');
    const page = await openLab(editor);

    const boxes = run(page, codeText).getByRole('option');
    await boxes.first().waitFor();

    expect(await boxes.count()).toBe(1);
    expect(Number(await boxes.getAttribute('data-count'))).toBeGreaterThan(5);
  });

  it('marks what is cut differently, and goes there', async () => {
    const editor = new FakeEditor();
    editor.show('function greet');
    const page = await openLab(editor);
    await page.getByRole('button', { name: 'Next Difference' }).click();

    expect(await run(page, otherText).locator('.pointed').allTextContents()).not.toEqual([]);
    const differing = await run(page, codeText).locator('.differs').allTextContents();
    expect(differing.join('')).toContain('gre');
    expect(differing.join('')).not.toContain('function');
  });

  it('counts tokens, characters and bytes, and what Korean costs', async () => {
    const editor = new FakeEditor();
    editor.show(sample);
    const page = await openLab(editor);
    const row = page.getByRole('row', { name: /gpt2/ });
    const { ids } = await engine.call('tokenizers/encode', {
      source: { kind: 'builtin', name: 'gpt2' },
      text: sample,
      controlTokens: 'text',
    });

    await row.waitFor();
    const cells = await row.getByRole('cell').allInnerTexts();

    expect(cells[1]).toBe(String(ids.length));
    expect(Number(cells[3])).toBeCloseTo(Array.from(sample).length / ids.length, 2);
    expect(Number(cells[4])).toBeCloseTo(Buffer.byteLength(sample) / ids.length, 2);
    expect(cells[7]).toMatch(/^\d+\.\d ×$/);
  });

  it('adds a tokenizer that was chosen, removes one, and keeps both through hiding', async () => {
    const editor = new FakeEditor();
    editor.show('greet');
    editor.choice = { kind: 'file', path: tokenizerFolders.wordpiece };
    const { page, hideAndShow } = await browser.open(labUnderTest(engine, editor));
    await page.getByRole('button', { name: 'Add Tokenizer…' }).click();
    await page.getByRole('heading', { name: 'wordpiece' }).waitFor();
    await page.getByRole('button', { name: 'Remove gpt2' }).click();
    await page.getByRole('heading', { name: 'gpt2' }).waitFor({ state: 'detached' });

    await hideAndShow();
    await page.getByRole('heading', { name: 'wordpiece' }).waitFor();

    expect(await page.getByRole('heading').allInnerTexts()).toEqual(['Glassbox Code 5M', 'wordpiece']);
  });

  it('reads control tokens as text or as tokens', async () => {
    const editor = new FakeEditor();
    editor.show('a<|endoftext|>b');
    const page = await openLab(editor);
    const boxes = run(page, otherText).getByRole('option');
    await boxes.first().waitFor();
    expect(await boxes.allInnerTexts()).not.toContain('<|endoftext|>');

    await page.getByRole('checkbox', { name: /control tokens/ }).click();
    await boxes.filter({ hasText: /^<\|endoftext\|>$/ }).waitFor();

    expect(await boxes.allInnerTexts()).toEqual(['a', '<|endoftext|>', 'b']);
  });

  it('copies text and tokens as JSON', async () => {
    const editor = new FakeEditor();
    editor.show('안녕');
    const page = await openLab(editor);
    await run(page, otherText).getByRole('option').first().waitFor();
    await page.getByRole('button', { name: 'Copy as JSON' }).click();
    await expect.poll(() => editor.clipboard).not.toBe('');

    const copied = JSON.parse(editor.clipboard) as { text: string; tokenizers: { name: string; ends: number[] }[] };

    expect(copied.text).toBe('안녕');
    expect(copied.tokenizers.map(({ name, ends }) => [name, ends.at(-1)])).toEqual([
      ['Glassbox Code 5M', 2],
      ['gpt2', 2],
    ]);
  });

  it('has a table of everything in the picture', async () => {
    const editor = new FakeEditor();
    editor.show('안 a');
    const page = await openLab(editor);
    await page.getByRole('radio', { name: 'Table' }).check();
    await page.getByRole('radio', { name: 'Glassbox Code 5M' }).check();

    const rows = await page.getByRole('region', { name: 'Tokens of Glassbox Code 5M' }).getByRole('row').all();
    const cells = await Promise.all(rows.slice(1).map((row) => row.getByRole('cell').allInnerTexts()));

    expect(cells.map(([text]) => text)).toEqual(['안 1/3', '안 2/3', '안 3/3', '·a']);
    expect(cells.map((row) => row[3])).toEqual(['ec', '95', '88', '20 61']);
  });

  it('says what each line costs, the most expensive first where wanted', async () => {
    const editor = new FakeEditor();
    editor.show('a\n안녕하세요 여러분\nb\n');
    const page = await openLab(editor);
    await page.getByRole('radio', { name: 'Lines' }).check();
    const lines = async (): Promise<(string | undefined)[]> => {
      const rows = await page.getByRole('region', { name: 'Tokens per line' }).getByRole('row').all();
      return Promise.all(rows.slice(1).map(async (row) => (await row.getByRole('cell').allInnerTexts())[0]));
    };
    await page.getByRole('radio', { name: 'As in the Text' }).waitFor();
    expect(await lines()).toEqual(['1', '2', '3', '4']);

    await page.getByRole('radio', { name: 'Most Expensive First' }).check();

    expect((await lines())[0]).toBe('2');
  });
});

describe('by keys alone', () => {
  it('every box can be reached, and the arrows light up the other columns', async () => {
    const editor = new FakeEditor();
    editor.show('return one two');
    const page = await openLab(editor);
    const first = run(page, codeText).getByRole('option').first();
    await first.waitFor();
    await page
      .getByRole('button', { name: 'Next Difference' })
      .or(page.getByRole('radio', { name: 'Ids' }))
      .last()
      .focus();

    await page.keyboard.press('Tab');
    await run(page, codeText).locator(':focus').waitFor();
    await page.keyboard.press('End');
    const last = await run(page, codeText).locator(':focus').textContent();
    const lit = await run(page, otherText).locator('.pointed').allTextContents();
    await page.keyboard.press('Home');
    const again = await run(page, codeText).locator(':focus').textContent();

    expect(last).toBe('·two');
    expect(lit).toEqual(['·two']);
    expect(again).toBe(await first.textContent());
  });

  it('Enter replays the word of a token', async () => {
    const editor = new FakeEditor();
    editor.show('return openTasks here');
    const page = await openLab(editor);
    await run(page, otherText).getByRole('option').nth(1).focus();

    await page.keyboard.press('Enter');

    await page.getByRole('group', { name: 'Replay' }).waitFor();
    expect(await page.getByRole('textbox', { name: /Text to replay/ }).inputValue()).toBe(' openTasks');
  });
});
