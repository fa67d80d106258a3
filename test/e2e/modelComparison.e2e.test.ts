import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { paintedLine } from './editor/paintedLine.js';
import { root } from './editor/places.js';
import { until } from './editor/until.js';
import { withEditor } from './editor/withEditor.js';
import type { Workbench } from './editor/workbench.js';

const models = path.join(root, 'test/fixtures/models');
const editor = withEditor({
  machineSettings: {
    'glassbox.models.folders': [path.join(models, 'tiny-fp32'), path.join(models, 'tiny-int8')],
  },
});
let window: Workbench;

beforeAll(async () => {
  window = await editor.open('comparison', 'src/tasks.ts');
  await window.openFile('scripts/report.py');
  await window.press('Control+Home');
});

const line = 'from datetime import date';

/** Answers the three questions of the command by what is typed into each list. */
async function compare(first: string, second: string, measure: string): Promise<void> {
  await window.runCommandThatAsks('Glassbox: Compare Two Models in the Text…', 'Compare Models (1/3)');
  for (const [answer, next] of [
    [first, '(2/3)'],
    [second, '(3/3)'],
  ] as const) {
    await window.type(answer);
    await window.press('Enter');
    await window.page.locator('.quick-input-title', { hasText: next }).waitFor();
    await window.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
  }
  await window.screenshot('comparison-questions');
  await window.type(measure);
  await window.press('Enter');
}

function label(): Promise<string | null> {
  return window.lensItem().locator('a').getAttribute('aria-label');
}

describe('the comparison of two models', () => {
  it('paints to which of them each token is likelier, and tells both figures', async () => {
    await compare('Glassbox Code', 'fp32', 'Difference');
    await until('the file is read by both', async () => (await label())?.includes('perplexity'));

    const boxes = await until('it is painted', async () => {
      const found = await paintedLine(window.page, line);
      return found.length > 0 ? found : undefined;
    });
    await window.screenshot('comparison-difference');
    const hover = await window.hoverOver('datetime', 3);
    await window.screenshot('comparison-hover');

    expect(boxes.some(({ underline }) => /solid|dashed/.test(underline))).toBe(true);
    expect(hover).toMatch(/bits likelier to Glassbox Code 5M/);
    expect(hover).toMatch(/different vocabularies/);
  });

  it('paints how far a quantization is from its model', async () => {
    await compare('fp32', 'int8', 'KL');

    await until('it says so', async () => /Mean KL divergence per token: [\d.]+ bits/.test((await label()) ?? ''));
    const hover = await window.hoverOver('datetime', 3);
    await window.screenshot('comparison-divergence');

    expect(hover).toMatch(/KL divergence of the second from the first: [\d.]+ bits/);
  });
});

describe('the model of the probability lens', () => {
  it('is the active one until another is chosen, which paints anew', async () => {
    await window.runCommand('Glassbox: Switch Off Lenses in This File');
    await window.runCommand('Glassbox: Toggle Probability Lens');
    await until('the active model has read the file', async () =>
      /perplexity [\d.]+[^]*Model: Glassbox Code 5M/.test((await label()) ?? ''),
    );
    const before = await perplexity();

    await window.runCommandThatAsks('Glassbox: Choose Model of the Probability Lens…', 'Choose the Model');
    await window.screenshot('probability-lens-models');
    await window.type('float32');
    await window.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'float32' }).waitFor();
    await window.press('Enter');
    await until('the other one has read it', async () =>
      /perplexity [\d.]+[^]*Model: Fixture: one key-value head, float32/.test((await label()) ?? ''),
    );

    expect(await perplexity()).toBeGreaterThan(2 * before);
  });
});

async function perplexity(): Promise<number> {
  return Number(/perplexity ([\d.]+)/.exec((await label())?.replaceAll(',', '') ?? '')?.[1]);
}
