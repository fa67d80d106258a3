import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import 'vscode-jsonrpc/node';
import { GlassboxError } from '../../../src/core/errors.js';
import type { TokenizerSource } from '../../../src/core/tokenizer/tokenizerSource.js';
import { startEngine } from '../harness/startEngine.js';
import { withBrowser } from '../harness/withBrowser.js';
import { FakeEditor, labUnderTest, tokenizerFolders } from './labUnderTest.js';

const browser = withBrowser();
const engine = startEngine();
afterAll(() => engine.dispose());

async function shownText(page: Page): Promise<string> {
  const boxes = page.getByRole('listbox', { name: 'Text as gpt2 cuts it' }).getByRole('option');
  await boxes.first().waitFor();
  return (await boxes.allTextContents()).join('');
}

describe('where the text comes from', () => {
  it('follows the editor', async () => {
    const editor = new FakeEditor();
    editor.show('first');
    const { page } = await browser.open(labUnderTest(engine, editor));
    expect(await shownText(page)).toBe('first');

    editor.show('second');

    await page
      .getByRole('option', { name: /^second/ })
      .first()
      .waitFor();
    expect(await shownText(page)).toBe('second');
  });

  it('asks for a selection when nothing is selected, and shows it when there is one', async () => {
    const editor = new FakeEditor();
    const { page } = await browser.open(labUnderTest(engine, editor));
    await page.getByRole('radio', { name: 'Selection' }).check();
    await page.getByText('Select text in the editor to see its tokens.').waitFor();

    editor.show('chosen');

    expect(await shownText(page)).toBe('chosen');
  });

  it('is opened on the selection by the command, once, whatever was shown before', async () => {
    const editor = new FakeEditor();
    editor.show('chosen');
    const { page, hideAndShow } = await browser.open(labUnderTest(engine, editor));
    await page.getByRole('radio', { name: 'Typed' }).check();
    editor.opening = { id: 'one', part: 'selection' };
    editor.change();
    await page.getByRole('radio', { name: 'Selection', checked: true }).waitFor();
    await page.getByRole('radio', { name: 'Typed' }).check();

    await hideAndShow();

    await page.getByRole('textbox', { name: 'Text' }).waitFor();
    expect(await page.getByRole('radio', { name: 'Typed' }).isChecked()).toBe(true);
  });

  it('has an example for those who have no text', async () => {
    const { page } = await browser.open(labUnderTest(engine, new FakeEditor()));

    await page.getByRole('button', { name: 'Example in English and Korean' }).click();

    expect(await shownText(page)).toMatch(/^All.*모든/s);
  });

  it('shows the newest text, however many came before it', async () => {
    const editor = new FakeEditor();
    editor.show('0');
    const { page } = await browser.open(labUnderTest(engine, editor));
    await shownText(page);

    for (let length = 1; length <= 40; length++) editor.show(`text ${length}`);

    await page.getByRole('option', { name: /^·?40/ }).first().waitFor();
    expect(await shownText(page)).toBe('text·40');
  });
});

describe('text of every kind', () => {
  it.each([
    ['a lone surrogate', 'a\ud83dz', 'a\\ud83dz'],
    ['binary', '\0\u0001\u001b[31m', '\\u0000\\u0001\\u001b[31m'],
    ['right to left', 'שלום عالم', 'שלום·عالم'],
    ['decomposed Hangul', '\u1112\u1161\u11ab', '\u1112\u1161\u11ab'],
    ['line ends', 'a\r\nb\rc\n', 'a␍↵\nb␍c↵\n'],
    ['markup', '<img src=x onerror=alert(1)>', '<img·src=x·onerror=alert(1)>'],
  ])('%s is shown as it is', async (_what, text, shown) => {
    const editor = new FakeEditor();
    editor.show(text);
    const { page } = await browser.open(labUnderTest(engine, editor));

    expect(await shownText(page)).toBe(shown);
  });

  it('a megabyte on one line is counted in all and drawn in part, and says so', async () => {
    const editor = new FakeEditor();
    editor.show('const 이름 = 12;'.repeat(80_000));
    const panel = labUnderTest(engine, editor);
    const one: readonly TokenizerSource[] = [{ kind: 'builtin', name: 'gpt2' }];
    const { page } = await browser.open({
      ...panel,
      handlers: { ...panel.handlers, 'lab/defaultTokenizers': async () => one },
    });
    await page.getByText('Characters 1 to 2,400 of 1,120,000 are drawn; all of them are counted.').waitFor();

    await page.getByRole('button', { name: 'Last part' }).click();
    await page.getByText(/to 1,120,000 of 1,120,000 are drawn/).waitFor();

    expect(await page.getByRole('option').count()).toBeLessThan(10_000);
    expect(await shownText(page)).toMatch(/12;$/);
  }, 180_000);
});

describe('what goes wrong', () => {
  it('in one tokenizer is said, and leaves the others alone', async () => {
    const editor = new FakeEditor();
    editor.show('return');
    const panel = labUnderTest(engine, editor);
    const broken: readonly TokenizerSource[] = [
      { kind: 'builtin', name: 'gpt2' },
      { kind: 'file', path: '/nowhere/tokenizer.json' },
    ];
    const { page } = await browser.open({
      ...panel,
      handlers: {
        ...panel.handlers,
        'lab/defaultTokenizers': async () => broken,
      },
    });

    await page
      .getByRole('alert')
      .getByText(/^tokenizer.json: /)
      .waitFor();

    expect(await shownText(page)).toBe('return');
  });

  it('when choosing a tokenizer is said', async () => {
    const editor = new FakeEditor();
    editor.show('return');
    editor.choice = { kind: 'file', path: '/nowhere' };
    const { page } = await browser.open(labUnderTest(engine, editor));
    await shownText(page);

    await page.getByRole('button', { name: 'Add Tokenizer…' }).click();

    expect(await page.getByRole('alert').innerText()).not.toBe('');
  });

  it('is over when the next text comes after an engine that crashed', async () => {
    const editor = new FakeEditor();
    editor.show('before');
    const panel = labUnderTest(engine, editor);
    let isDown = true;
    const { page } = await browser.open({
      ...panel,
      handlers: {
        ...panel.handlers,
        'tokenizers/encode': async (params, context) => {
          if (isDown) throw new GlassboxError('engine-crashed', 'The engine stopped unexpectedly.');
          return panel.handlers['tokenizers/encode'](params, context);
        },
      },
    });
    await page.getByRole('alert').first().waitFor();

    isDown = false;
    editor.show('after');

    expect(await shownText(page)).toBe('after');
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('a tokenizer without a chat template is said to have none', async () => {
    const editor = new FakeEditor();
    editor.show('return');
    editor.choice = { kind: 'file', path: tokenizerFolders.unigram };
    const { page } = await browser.open(labUnderTest(engine, editor));

    await page.getByRole('radio', { name: 'Chat Template' }).check();

    await page.getByText('None of these tokenizers has a chat template.').waitFor();
  });
});
