import { describe, expect, it } from 'vitest';
import { TokenDistribution } from '../../../src/core/sampling/tokenDistribution.js';
import { TextPlaces } from '../../support/textPlaces.js';
import { marked, withNextTokensPanel } from './nextTokensUnderTest.js';
import { candidates, setField } from './pageActions.js';

const { open, modelIn, supervisor } = withNextTokensPanel();

describe('the candidates', () => {
  it('are those of the engine, with their exact probabilities', async () => {
    const { page, places } = await open();
    const shown = await candidates(page);

    const state = places.state();
    if (state.kind !== 'place') throw new Error(state.sentence);
    const { folder, prompt } = places.promptOf(state.place.digest);
    const answer = await supervisor.call('nextTokens/predict', {
      folder,
      context: { kind: 'prompt', prompt },
      branch: [],
      topCount: 1,
    });
    const expected = new TokenDistribution(answer.logProbs, answer.allowedIds ?? undefined)
      .sampled({ temperature: 1, topK: 0, topP: 1, minP: 0 })
      .candidates(0, 25);

    expect(shown).toHaveLength(25);
    for (const [index, { probability, logProb }] of expected.entries()) {
      expect(shown[index]).toContain(`drawn with ${(probability * 100).toFixed(2)}%`);
      expect(shown[index]).toContain(`log-probability ${logProb.toFixed(2).replace('-', '−')}`);
    }
  });

  it('follow the controls at once, without asking the model', async () => {
    const { page, engine } = await open();
    await candidates(page);
    const asked = engine.predictions;

    await setField(page, 'Top-k', '3');
    await page.getByRole('slider', { name: 'Temperature' }).press('ArrowRight');

    expect((await candidates(page)).map((label) => label.includes('cut off by top-k'))).toEqual(
      Array.from({ length: 25 }, (_, index) => index >= 3),
    );
    await page.getByText(/3 of [\d,]+ tokens can be drawn/).waitFor();
    expect(await page.locator('.summary b').first().innerText()).toMatch(
      /^\d+\.\d\d% of the probability is cut off\.$/,
    );
    expect(engine.predictions).toBe(asked);
  });

  it('are one alone at temperature 0, and as the model says after a reset', async () => {
    const { page } = await open();
    const before = await candidates(page);

    await setField(page, 'Temperature', '0');
    const greedy = await candidates(page);
    await page.getByRole('button', { name: 'Reset' }).click();

    expect(greedy[0]).toContain('drawn with 100.00%');
    expect(greedy.slice(1).every((label) => label.includes('cut off by greedy'))).toBe(true);
    expect(await candidates(page)).toEqual(before);
  });

  it('stand in a table as well', async () => {
    const { page } = await open();
    await candidates(page);

    await page.getByRole('radio', { name: 'Table' }).check();
    const cells = await page.getByRole('row').nth(1).getByRole('cell').allInnerTexts();

    expect(await page.getByRole('columnheader').count()).toBe(cells.length);
    expect(await page.getByRole('row').count()).toBe(26);
    await page.getByRole('row').nth(2).getByRole('button').click();
    await page.locator('.chip').waitFor();
  });

  it('can be more', async () => {
    const { page } = await open();
    await candidates(page);

    await page.getByRole('button', { name: 'Show 50' }).click();

    await page.getByRole('option').nth(49).waitFor();
  });

  it('change with the cursor, unless the place is pinned', async () => {
    const { page, places } = await open();
    const first = await candidates(page);

    places.move(marked.replace('  return ‸', '‸  return '));
    await expect.poll(() => candidates(page)).not.toEqual(first);
    places.move(marked);
    await expect.poll(() => candidates(page)).toEqual(first);
    await page.getByRole('button', { name: 'Stay at this place' }).click();
    await page.getByRole('button', { name: 'Stay at this place', pressed: true }).waitFor();
    places.move(marked.replace('return ‸', 'return ‸x'));
    await page.getByText('The text here has changed since.').waitFor();

    expect(await candidates(page)).toEqual(first);
  });

  it('are held to the part of the word that is there', async () => {
    const { page } = await open({
      places: new TextPlaces(modelIn('models/code'), marked.replace('return ‸', 'retu‸')),
    });

    const shown = await candidates(page);

    expect(shown[0]).toContain('return');
    await page.getByText('The cursor stands inside a token').waitFor();
  });
});
