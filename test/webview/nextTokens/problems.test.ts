import { describe, expect, it } from 'vitest';
import { GlassboxError } from '../../../src/core/errors.js';
import { TextPlaces } from '../../support/textPlaces.js';
import { marked, withNextTokensPanel } from './nextTokensUnderTest.js';
import { candidates } from './pageActions.js';

const { open, modelIn } = withNextTokensPanel();

describe('what goes wrong', () => {
  it('is said, and can be tried again', async () => {
    const { page, engine, places } = await open();
    await candidates(page);

    engine.failure = new GlassboxError('engine-crashed', 'The engine is gone.');
    places.move(marked.replace('first', 'last'));
    await page.getByRole('alert').getByText('The engine is gone.').waitFor();
    engine.failure = undefined;
    await page.getByRole('button', { name: 'Try Again' }).click();

    await page.getByRole('alert').waitFor({ state: 'detached' });
    await candidates(page);
  });

  it.each([
    ['a file with secrets', marked, 'config/.env', 'secret-file'],
    ['binary data', 'a\0b‸', 'src/data.bin', 'binary-document'],
  ])('%s is not shown to the model', async (_what, text, file, reason) => {
    const { page, engine } = await open({ places: new TextPlaces(modelIn('models/code'), text, file) });

    await page.getByText(reason).waitFor();

    expect(engine.predictions).toBe(0);
    expect(await page.getByRole('option').count()).toBe(0);
  });

  it('an empty file is a place like any other', async () => {
    const { page } = await open({ places: new TextPlaces(modelIn('models/code'), '‸') });

    expect(await candidates(page)).toHaveLength(25);
  });
});
