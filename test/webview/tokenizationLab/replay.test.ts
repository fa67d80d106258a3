import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import 'vscode-jsonrpc/node';
import { startEngine } from '../harness/startEngine.js';
import { withBrowser } from '../harness/withBrowser.js';
import { FakeEditor, labUnderTest, tokenizerFolders } from './labUnderTest.js';

const browser = withBrowser();
const engine = startEngine();
afterAll(() => engine.dispose());

/** The lab at the first step of a word of several merges. */
async function openReplay(options: Parameters<typeof labUnderTest>[2] = {}): Promise<Page> {
  const editor = new FakeEditor();
  editor.show('responsibilities');
  const { page } = await browser.open(labUnderTest(engine, editor, options));
  await page.getByRole('radio', { name: 'Replay' }).check();
  await page.getByText(/^Step 1 of \d+$/).waitFor();
  return page;
}

/** How many steps the replay has. */
async function stepCount(page: Page): Promise<number> {
  return Number(/of (\d+)$/.exec(await page.locator('.count').innerText())?.[1]);
}

describe('a replay', () => {
  it('goes step by step, to both ends, and by its track', async () => {
    const page = await openReplay();
    const count = await stepCount(page);
    const first = await page.locator('.step').innerText();

    await page.getByRole('button', { name: 'Step forward' }).click();
    await page.getByText(`Step 2 of ${String(count)}`).waitFor();
    const second = await page.locator('.step').innerText();
    await page.getByRole('slider', { name: 'Step', exact: true }).press('ArrowRight');
    await page.getByText(`Step 3 of ${String(count)}`).waitFor();
    await page.getByRole('button', { name: 'Step back' }).click();
    await page.getByText(`Step 2 of ${String(count)}`).waitFor();
    await page.getByRole('button', { name: 'Last step' }).click();
    await page.getByText(`Step ${String(count)} of ${String(count)}`).waitFor();

    expect(count).toBeGreaterThan(5);
    expect(second).not.toBe(first);
    expect(await page.getByRole('button', { name: 'Step forward' }).isDisabled()).toBe(true);
    await page.getByText('The replay ends with the same ids as the tokenizer library.').waitFor();
    await page.getByRole('button', { name: 'First step' }).click();
    await expect.poll(() => page.locator('.step').innerText()).toBe(first);
  });

  it('plays to its end at the speed that is set, and from the beginning after that', async () => {
    const page = await openReplay();
    const count = await stepCount(page);
    await page.getByRole('slider', { name: 'Speed' }).press('End');
    await page.getByText('60 a second').waitFor();

    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByText(`Step ${String(count)} of ${String(count)}`).waitFor();
    await page.getByRole('slider', { name: 'Speed' }).press('Home');
    await page.getByText('0.5 a second').waitFor();
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByText(`Step 1 of ${String(count)}`).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();

    await page.getByRole('button', { name: 'Play' }).waitFor();
  });

  it('tells each step to screen readers, unless it plays', async () => {
    const page = await openReplay();
    await page.getByRole('slider', { name: 'Speed' }).press('Home');
    await page.locator('.step[aria-live=polite]').waitFor();

    await page.getByRole('button', { name: 'Play' }).click();

    await page.locator('.step[aria-live=off]').waitFor();
  });

  it.each([
    ['moves what grows together', 'no-preference', true],
    ['moves nothing for people who want no movement', 'reduce', false],
  ] as const)('%s', async (_what, reducedMotion, moves) => {
    const page = await openReplay({ reducedMotion });
    await page.evaluate(`{
      const own = Element.prototype.animate;
      globalThis.movements = 0;
      Element.prototype.animate = function (...given) {
        globalThis.movements++;
        return own.apply(this, given);
      };
    }`);

    const count = await stepCount(page);
    for (let step = 2; step <= count; step++) {
      await page.getByRole('button', { name: 'Step forward' }).click();
      await page.getByText(`Step ${String(step)} of ${String(count)}`).waitFor();
    }

    expect((await page.evaluate<number>('globalThis.movements')) > 0).toBe(moves);
  });
});

describe('a chat template', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'glassbox-chat-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is applied to the conversation, whose control tokens are tokens', async () => {
    const config = {
      chat_template:
        "{% for message in messages %}<|endoftext|>{{ message.role }}: {{ message.content }}\n{% endfor %}{{ 'assistant:' if add_generation_prompt }}",
    };
    copyFileSync(path.join(tokenizerFolders.code, 'tokenizer.json'), path.join(folder, 'tokenizer.json'));
    writeFileSync(path.join(folder, 'tokenizer_config.json'), JSON.stringify(config));
    const editor = new FakeEditor();
    editor.show('greet');
    editor.choice = { kind: 'file', path: folder };
    const { page } = await browser.open(labUnderTest(engine, editor));
    await page.getByRole('button', { name: 'Add Tokenizer…' }).click();
    await page.getByRole('radio', { name: 'Chat Template' }).check();

    await page.getByRole('textbox', { name: 'Message 1' }).fill('hello');
    await page.getByRole('button', { name: 'Add Message' }).click();
    await page.getByRole('textbox', { name: 'Message 2' }).fill('yes');
    const preview = page.getByRole('listbox', { name: 'Text that the template makes' });
    const boxes = preview.getByRole('option');
    const shown = async (): Promise<string> => (await boxes.allInnerTexts()).join('').replaceAll(/[·↵\s]/g, ' ');
    await expect.poll(shown).toMatch(/^<\|endoftext\|>user: hello +<\|endoftext\|>assistant: yes +assistant:$/);
    const controlTokens = (await boxes.allInnerTexts()).filter((text) => text === '<|endoftext|>');
    await page.getByRole('checkbox', { name: 'End where the model is to answer' }).click();

    await expect.poll(shown).toMatch(/assistant: yes *$/);
    expect(controlTokens).toHaveLength(2);
  });
});
