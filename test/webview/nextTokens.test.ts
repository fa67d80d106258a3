import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.js';
import { GlassboxError } from '../../src/core/errors.js';
import type { ModelDescriptor } from '../../src/core/model/modelDescriptor.js';
import { TokenDistribution } from '../../src/core/sampling/tokenDistribution.js';
import { nextTokensHandlers } from '../../src/host/nextTokens/nextTokensHandlers.js';
import type { CallOptions, EngineClient, EngineContract, EngineMethod } from '../../src/protocol/engineContract.js';
import type { NextTokensPanelContract } from '../../src/protocol/panels/nextTokensPanelContract.js';
import { nextTokensPanelParamSchemas } from '../../src/protocol/panels/nextTokensPanelParams.js';
import { forkedEngine } from '../../src/supervisor/forkedEngine.js';
import { Supervisor } from '../../src/supervisor/supervisor.js';
import { root } from '../e2e/editor/places.js';
import { silentLog } from '../support/silentLog.js';
import { TextPlaces } from '../support/textPlaces.js';
import type { OpenPanel, PanelUnderTest } from './harness/openPanel.js';
import { themeKinds } from './harness/theme.js';
import { withBrowser } from './harness/withBrowser.js';

const marked = 'export function first(list: readonly string[]): string | undefined {\n  return ‸;\n}\n';
const afterSpace = marked.replace('return ‸', 'return‸');

/** The real engine; counts what it is asked, and fails when it is told to. */
class WatchedEngine implements EngineClient {
  predictions = 0;
  failure: GlassboxError | undefined;
  readonly #engine: Supervisor;

  constructor(engine: Supervisor) {
    this.#engine = engine;
  }

  call<K extends EngineMethod>(
    method: K,
    params: EngineContract[K]['params'],
    options?: CallOptions<K>,
  ): Promise<EngineContract[K]['result']> {
    if (method === 'nextTokens/predict') this.predictions++;
    return this.failure === undefined ? this.#engine.call(method, params, options) : Promise.reject(this.failure);
  }
}

const browser = withBrowser();
let supervisor: Supervisor;
let models: readonly ModelDescriptor[] = [];
beforeAll(async () => {
  const clock = systemClock(globalThis);
  const launch = forkedEngine({ entry: path.join(root, 'dist/engine.cjs'), clock, log: silentLog });
  supervisor = new Supervisor({ launch, clock, log: silentLog });
  const folders = ['models', 'test/fixtures/models'].map((folder) => path.join(root, folder));
  models = await supervisor.call('models/scan', {
    roots: folders.map((folder) => ({ path: folder, source: 'folder' })),
  });
});
afterAll(() => supervisor.dispose());

interface Opened extends OpenPanel {
  readonly places: TextPlaces;
  readonly engine: WatchedEngine;
}

type Change = Partial<PanelUnderTest<NextTokensPanelContract>> & { readonly places?: TextPlaces };

function modelIn(folder: string): ModelDescriptor {
  return models.find((model) => model.folder.endsWith(folder))!;
}

async function open({
  places = new TextPlaces(modelIn('models/code'), marked),
  ...change
}: Change = {}): Promise<Opened> {
  const engine = new WatchedEngine(supervisor);
  const findModels = async (): Promise<void> => undefined;
  const handlers = nextTokensHandlers({ engine, places, findModels, reportFault: () => undefined });
  const script = path.join(root, 'dist/webview/nextTokens.js');
  const panel = await browser.open({ script, schemas: nextTokensPanelParamSchemas, handlers, ...change });
  return { ...panel, places, engine };
}

/** An attribute of all elements with a role, in order. */
async function attributes(page: Page, role: 'option' | 'treeitem', name: string): Promise<string[]> {
  const elements = await page.getByRole(role).all();
  return Promise.all(elements.map(async (element) => (await element.getAttribute(name)) ?? ''));
}

/** Everything on the page that says what a candidate is, in order. */
async function candidates(page: Page): Promise<string[]> {
  await page.getByRole('option').first().waitFor();
  return attributes(page, 'option', 'aria-label');
}

async function pathOf(page: Page): Promise<string[]> {
  return page.locator('.chip-text').allInnerTexts();
}

async function setField(page: Page, label: string, value: string): Promise<void> {
  await page.getByRole('spinbutton', { name: label }).fill(value);
  await page.getByRole('spinbutton', { name: label }).press('Enter');
}

async function take(page: Page, index: number, length: number): Promise<void> {
  await page.getByRole('option').nth(index).click();
  await page
    .locator('.chip')
    .nth(length - 1)
    .waitFor();
}

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
      places: new TextPlaces(modelIn('models/code'), afterSpace.replace('return‸', 'retu‸')),
    });

    const shown = await candidates(page);

    expect(shown[0]).toContain('return');
    await page.getByText('The cursor stands inside a token').waitFor();
  });
});

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
    await page.locator('.chip').nth(7).waitFor();
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

describe.each(themeKinds)('in %s', (theme) => {
  it.each([
    [300, 'en'],
    [600, 'en'],
    [300, 'ko'],
  ])('nothing is wider than %i px (%s)', async (width, language) => {
    const korean = JSON.parse(readFileSync(path.join(root, 'media/l10n/bundle.l10n.ko.json'), 'utf8')) as Record<
      string,
      string
    >;
    const { page } = await open({
      theme,
      language,
      viewport: { width, height: 900 },
      ...(language === 'ko' && { strings: korean }),
    });
    await candidates(page);
    await page.locator('.actions vscode-button').nth(2).click();
    await page.locator('.chip').nth(7).waitFor();

    const wide = await page.evaluate(`(() => {
      const found = [];
      const visit = (node) => {
        for (const child of node.children) {
          const { right, width } = child.getBoundingClientRect();
          if (width > 0 && right > innerWidth + 0.5) found.push(child.tagName + '.' + child.className);
          if (child.shadowRoot !== null) visit(child.shadowRoot);
          visit(child);
        }
      };
      visit(document.body);
      return found;
    })()`);

    expect(wide).toEqual([]);
  });
});
