import { describe, expect, it } from 'vitest';
import { TextPlaces } from '../../support/textPlaces.js';
import { marked, withNextTokensPanel } from './nextTokensUnderTest.js';
import { attributes, branchEnded, candidates, pathOf, setField, take } from './pageActions.js';

const { open, modelIn } = withNextTokensPanel();

describe('a branch', () => {
  it('grows by pointer and keys, and goes back', async () => {
    const { page } = await open();
    await candidates(page);

    await take(page, 1, 1);
    await page.getByRole('listbox').press('ArrowDown');
    await page.getByRole('listbox').press('Enter');
    await page.locator('.chip').nth(1).waitFor();
    const two = await pathOf(page);
    await page.keyboard.press('Backspace');
    await expect.poll(() => pathOf(page)).toEqual(two.slice(0, 1));
    await page.keyboard.press('Control+z');
    await expect.poll(() => pathOf(page)).toEqual(two);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect.poll(() => pathOf(page)).toEqual([]);
    await page.keyboard.press('Control+y');

    await expect.poll(() => pathOf(page)).toEqual(two.slice(0, 1));
  });

  it('becomes a tree that the keyboard walks through', async () => {
    const { page } = await open();
    await candidates(page);
    await take(page, 0, 1);
    await take(page, 0, 2);
    await page.keyboard.press('Backspace');
    await page.locator('.chip').nth(1).waitFor({ state: 'detached' });
    await take(page, 1, 2);

    const tree = page.getByRole('tree');
    const levels = await attributes(page, 'treeitem', 'aria-level');
    await tree.press('Home');
    await tree.press('ArrowRight');
    await tree.press('Enter');
    await expect.poll(() => pathOf(page)).toHaveLength(1);
    await tree.press('End');
    await tree.press('Delete');

    expect(levels).toEqual(['1', '2', '3', '3']);
    await expect.poll(() => page.getByRole('treeitem').count()).toBe(3);
    expect(await page.getByRole('treeitem').last().getAttribute('aria-label')).toMatch(/log-probability −\d/);
  });

  it('is drawn again alike from the same seed, and otherwise from another', async () => {
    const { page } = await open();
    await candidates(page);
    const draw = async (seed: string): Promise<string> => {
      await setField(page, 'Seed', seed);
      await page.getByRole('button', { name: 'Draw' }).click();
      await page.getByRole('treeitem').nth(1).waitFor();
      await expect.poll(() => page.locator('[aria-busy=true]').count()).toBe(0);
      const drawn = await page.getByRole('treeitem').nth(1).getAttribute('aria-label');
      await page.keyboard.press('Control+z');
      await page.getByRole('treeitem').first().waitFor({ state: 'detached' });
      return drawn ?? '';
    };

    const [first, other, again] = [await draw('7'), await draw('9'), await draw('7')];

    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('is put into the document, and the cursor followed again', async () => {
    const { page, places } = await open();
    await candidates(page);
    await page.getByRole('button', { name: 'Greedy' }).click();
    await branchEnded(page);
    const text = await page.locator('.code-branch').innerText();

    await page.getByRole('button', { name: 'Insert' }).click();
    await page.getByText('Choose a candidate below').waitFor();

    expect(places.inserted.map((inserted) => inserted.replaceAll('\n', '↵'))).toEqual([text]);
    await page.getByRole('button', { name: 'Stay at this place', pressed: false }).waitFor();
  });

  it('stays when it cannot be inserted, and says why', async () => {
    const places = new TextPlaces(modelIn('models/code'), marked);
    places.refusal = 'The document is read-only.';
    const { page } = await open({ places });
    await candidates(page);
    await take(page, 0, 1);

    await page.getByRole('button', { name: 'Insert' }).click();

    await page.getByRole('alert').getByText('The document is read-only.').waitFor();
    expect(await pathOf(page)).toHaveLength(1);
  });

  it('is there again when the panel comes back, with the controls', async () => {
    const { page, hideAndShow } = await open();
    await candidates(page);
    await take(page, 2, 1);
    await setField(page, 'Top-k', '5');
    const [taken, shown] = [await pathOf(page), await candidates(page)];

    await hideAndShow();

    await expect.poll(() => candidates(page)).toEqual(shown);
    expect(await pathOf(page)).toEqual(taken);
  });

  it('is let go when the text is read again', async () => {
    const { page, places } = await open();
    await candidates(page);
    await take(page, 0, 1);

    places.move(marked.replace('first', 'last'));
    await page.getByRole('button', { name: 'Read Again' }).click();

    await page.getByText('so the branches made before were let go').waitFor();
    expect(await pathOf(page)).toEqual([]);
  });

  it('ends where the context is full', async () => {
    const { page } = await open({ places: new TextPlaces(modelIn('tiny-fp32'), 'x = ‸') });
    await candidates(page);
    await setField(page, 'Tokens', '100');

    await page.getByRole('button', { name: 'Greedy' }).click();

    await page.getByText('The context of the model is full').waitFor();
    await page.keyboard.press('Backspace');
    await page.getByText('The context of the model is full').waitFor({ state: 'detached' });
  });
});
