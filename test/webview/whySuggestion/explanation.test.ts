import { describe, expect, it } from 'vitest';
import { explained, token } from './explainedSample.js';
import { Host, withWhyPanel } from './whyUnderTest.js';

const open = withWhyPanel();

describe('why this suggestion?', () => {
  it('says what to do when there is nothing to explain', async () => {
    const host = new Host({ ...explained, subject: undefined, explanation: { kind: 'none' } });
    const { page } = await open(host);
    await page.getByText('There is nothing to explain yet.').waitFor();
    await page.getByText('Trigger Suggestion').click();
    await expect.poll(() => host.asked).toEqual([{ method: 'triggerSuggestion', params: {} }]);
  });

  it('shows the tokens, joined where a character is several, with what else was likely', async () => {
    const { page } = await open(new Host(explained));
    const tokens = page.getByRole('listbox', { name: 'Tokens of the suggestion' }).getByRole('option');
    await expect.poll(() => tokens.allInnerTexts()).toEqual(['.', 'filter', '·', '🙂']);
    // The one in most doubt is looked at first: two tokens, one of them unlisted.
    await page.getByText('Rank 12 of all tokens.').waitFor();
    await tokens.nth(3).press('Home');
    await page.getByText('You typed this; it does not count.').waitFor();
    await tokens.nth(0).press('ArrowRight');
    await page.getByText('The list covers 75.0% of the probability.').waitFor();
  });

  it('lists what leaving out changes, by influence and by place, and shows the lines', async () => {
    const host = new Host(explained);
    const { page } = await open(host);
    const figures = (): Promise<string[]> => page.locator('.change .figure').allInnerTexts();
    await expect.poll(figures).toEqual(['−7.12', '+0.90', '+0.24', '−0.02']);
    await page.getByLabel('By place').check();
    await expect.poll(figures).toEqual(['+0.24', '+0.90', '−0.02', '−7.12']);
    await page.getByRole('button', { name: /Line 7, .*1,200 times less likely/ }).click();
    await expect.poll(() => host.asked).toEqual([{ method: 'reveal', params: { start: 6, end: 7 } }]);
    expect(await page.getByRole('button', { name: /Line that has changed/ }).isDisabled()).toBe(true);
  });

  it('follows a run, stops it, and asks for every line', async () => {
    const host = new Host({
      ...explained,
      occlusion: { ...explained.occlusion, kind: 'running', doneRuns: 2, totalRuns: 9 },
    });
    const { page } = await open(host);
    await page.getByText('2 of 9 runs').waitFor();
    await page.getByText('Stop', { exact: true }).click();
    host.show({ ...explained, occlusion: { ...explained.occlusion, kind: 'stopped' } });
    await page.getByText('Stopped after 5 of 5 runs.').waitFor();
    host.show(explained);
    await page.getByText('Measure Every Line').click();
    await page.getByText('Mark the lines in the editor').click();
    await expect
      .poll(() => host.asked)
      .toEqual([
        { method: 'stop', params: {} },
        { method: 'occlude', params: { detail: 'every-line' } },
        { method: 'paint', params: { isPainted: false } },
      ]);
  });

  it('compares with a typed text', async () => {
    const host = new Host(explained);
    const { page } = await open(host);
    await page.getByRole('textbox', { name: 'Another text that could stand at the cursor' }).fill('map();');
    await page.getByText('Compare', { exact: true }).click();
    await expect.poll(() => host.asked).toEqual([{ method: 'compare', params: { text: 'map();' } }]);
    const { explanation } = explained;
    if (explanation.kind !== 'ready') throw new Error(explanation.kind);
    await page.locator('.change').first().waitFor();
    host.show({
      ...explained,
      contrastText: 'map();',
      explanation: {
        ...explanation,
        contrastTarget: '.map',
        contrastTokens: [explanation.tokens[0]!, token('map', 1, 0.06, { id: 50 })],
      },
    });
    await page.getByText('They differ from token 2 on').waitFor();
    await page.getByRole('listbox', { name: 'Tokens of the other text' }).waitFor();
    await page.getByText('this is how the lead over the other text changed').waitFor();
  });

  it('has a table for every picture, and remembers that tables were wanted', async () => {
    const { page, hideAndShow } = await open(new Host(explained));
    await page.getByLabel('Tables').check();
    const captions = ['Tokens of the suggestion', 'Change when left out', 'Time by stage', 'Time of the model'];
    for (const name of captions) await page.locator(`.data-table[aria-label="${name}"]`).waitFor();
    await hideAndShow();
    for (const name of captions) await page.locator(`.data-table[aria-label="${name}"]`).waitFor();
  });

  it('tells of another suggestion and of failures', async () => {
    const host = new Host({ ...explained, hasNewer: true });
    const { page } = await open(host);
    await page.getByText('Explain That One').click();
    await expect.poll(() => host.asked).toEqual([{ method: 'explainNewest', params: {} }]);
    host.show({ ...explained, explanation: { kind: 'failed', message: 'The engine stopped.' } });
    expect(await page.getByRole('alert').innerText()).toBe('The engine stopped.');
    await page.getByText('Try Again').waitFor();
  });
});
