import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../e2e/editor/places.js';
import { cart, explained, remembered, rememberedTokens, token, withMemory, withTokens } from './explainedSample.js';
import { Host, withWhyPanel } from './whyUnderTest.js';

const open = withWhyPanel();

describe('memory’s part in a suggestion', () => {
  it('tells tokens of memory from those of the model, and opens the place that they go on like', async () => {
    const host = new Host(withMemory);
    const { page } = await open(host);
    const tokens = page.getByRole('listbox', { name: 'Tokens of the suggestion' }).getByRole('option');
    await page.getByText('3 of 5 tokens come mostly from your code: src/cart.ts, lines 12 to 13').waitFor();
    await expect
      .poll(() => page.getByRole('option', { name: 'from your code' }).allInnerTexts())
      .toEqual(['zebra', 'Fold', ')']);
    const dots = await page.evaluate(`[...document.querySelector('glassbox-why-suggestion').shadowRoot
      .querySelector('glassbox-token-row').shadowRoot.querySelectorAll('.token')]
      .map((one) => getComputedStyle(one).borderTopStyle)`);
    expect(dots).toEqual(['none', 'none', 'none', 'dotted', 'dotted', 'dotted']);
    await page.getByText('Dots above a token: it comes mostly from your code.').waitFor();
    await page.getByText('Leaving out lines is measured on the model alone.').waitFor();
    await page.getByText('5 tokens, 12.9% all together by model and memory, under 0.01% by the model alone').waitFor();

    await tokens.nth(3).click();
    await page.getByText('45.0% by model and memory together; 99.0% of that is memory’s share.').waitFor();
    await page.getByText('By the model alone 0.30%, rank 40 of all tokens.').waitFor();
    await page
      .getByText('7 tokens in a row are written the same in src/cart.ts, line 12; there this token follows.')
      .waitFor();
    await page.getByRole('button', { name: 'src/cart.ts, line 12', exact: true }).click();
    await page.getByRole('button', { name: 'src/cart.ts, lines 12 to 13' }).click();
    const place = { method: 'openPlace', params: { path: 'src/cart.ts', line: 11 } };
    await expect.poll(() => host.asked).toEqual([place, place]);
    // A token that the model would have written too has no line that is gone.
    await tokens.nth(1).click();
    await page.getByText('55.0% by model and memory together').waitFor();
    expect(await page.getByText('there this token follows').count()).toBe(0);
  });

  it.each([
    [[0.001, 0.002], 'All tokens come from the model.'],
    [[0.4, 0.002], 'All tokens come mostly from the model.'],
    [[0.001], 'The token comes from the model.'],
    [[0.4], 'The token comes mostly from the model.'],
    [[0.9], 'The token comes mostly from your code: src/cart.ts, line 1'],
    [[0.9, 0.1], '1 of 2 tokens comes mostly from your code: src/cart.ts, line 1'],
    [[0.9, 0.5], 'All 2 tokens come mostly from your code: src/cart.ts, line 1, src/cart.ts, line 5'],
    [
      [0.9, 0.9, 0.9, 0.9],
      'All 4 tokens come mostly from your code: src/cart.ts, line 1, src/cart.ts, line 5, src/cart.ts, line 9 and further places',
    ],
  ])('sums up shares of %j', async (shares, sentence) => {
    const tokens = shares.map((share, index) => remembered(token('a', index, 0.5), 0.5, share, cart(index * 4, 2)));
    const { page } = await open(new Host(withTokens(tokens, 'a'.repeat(shares.length))));
    await expect.poll(async () => (await page.locator('p.memory').innerText()).trim()).toBe(sentence);
  });

  it.each([
    [7, 0, '7 tokens in a row are written the same in src/cart.ts, line 12; there this token follows.'],
    [
      7,
      4,
      '7 tokens before it and 4 behind the line are written the same in src/cart.ts, line 12; there this token stands.',
    ],
    [0, 4, '4 tokens behind the line are written the same in src/cart.ts, line 12; there this token stands.'],
  ])('tells that %i tokens agree before a token, and %i behind its line', async (agreement, ahead, sentence) => {
    const tokens = [remembered(token('a', 0, 0.5), 0.9, 0.9, cart(11, agreement, ahead))];
    const { page } = await open(new Host(withTokens(tokens, 'a')));
    await page.getByRole('listbox', { name: 'Tokens of the suggestion' }).getByRole('option').first().click();
    await page.getByText(sentence).waitFor();
  });

  it('says nothing of memory where it was not asked', async () => {
    const { page } = await open(new Host(explained));
    await page.getByText('Rank 12 of all tokens.').waitFor();
    await page.locator('.change').first().waitFor();
    expect(await page.getByText(/model and memory|model alone|your code/i).count()).toBe(0);
    expect(await page.locator('.memory-mark').count()).toBe(0);
    await page.getByLabel('Tables').check();
    await page.locator('.data-table[aria-label="Tokens of the suggestion"]').waitFor();
    expect(await page.getByRole('columnheader', { name: 'Model and memory' }).count()).toBe(0);
  });

  it('compares by model and memory together, and says what the model alone would', async () => {
    const { explanation } = withMemory;
    if (explanation.kind !== 'ready') throw new Error(explanation.kind);
    const { page } = await open(
      new Host({
        ...withMemory,
        contrastText: 'map();',
        explanation: {
          ...explanation,
          contrastTarget: '.filter(zebraFold;',
          contrastTokens: [
            ...rememberedTokens.slice(0, 5),
            remembered(token(';', 17, 0.4, { id: 50 }), 0.1, 0, undefined),
          ],
        },
      }),
    );
    await page.getByText('The suggestion is 8.00 times more likely.').waitFor();
    await page.getByText('from there 80.0% against 10.0%. By the model alone it is 20.0% against 40.0%.').waitFor();
  });

  it('lists memory’s part in the table, with links', async () => {
    const host = new Host(withMemory);
    const { page } = await open(host, { viewport: { width: 720, height: 900 } });
    await page.getByLabel('Tables').check();
    const row = page.getByRole('row', { name: /^zebra / });
    await page.screenshot({ path: path.join(root, 'out/webview/whySuggestion-tables.png') });
    await expect.poll(() => row.innerText()).toMatch(/0\.30%.*40.*45\.0%\s+99\.0%\s+src\/cart\.ts, line 12/s);
    // The table scrolls in its place: the page stays as wide as the panel.
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
    await row.getByRole('button').click();
    await expect.poll(() => host.asked).toEqual([{ method: 'openPlace', params: { path: 'src/cart.ts', line: 11 } }]);
  });
});
