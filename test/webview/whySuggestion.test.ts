import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import 'vscode-jsonrpc/node';
import type { ExplainedToken } from '../../src/core/explain/explainedTokens.js';
import type { RememberedPlace } from '../../src/core/memory/rememberedToken.js';
import type { RpcHandlers } from '../../src/protocol/rpcContract.js';
import type { WhySnapshot, WhySuggestionContract } from '../../src/protocol/panels/whySuggestionContract.js';
import { whySuggestionParamSchemas } from '../../src/protocol/panels/whySuggestionParams.js';
import { root } from '../e2e/editor/places.js';
import type { OpenPanel, PanelUnderTest } from './harness/openPanel.js';
import { themeKinds } from './harness/theme.js';
import { withBrowser } from './harness/withBrowser.js';

const browser = withBrowser();
const script = path.join(root, 'dist/webview/whySuggestion.js');
const korean = JSON.parse(readFileSync(path.join(root, 'media/l10n/bundle.l10n.ko.json'), 'utf8')) as Record<
  string,
  string
>;

const token = (
  text: string,
  start: number,
  probability: number,
  changes: Partial<ExplainedToken> = {},
): ExplainedToken => {
  const logProb = Math.log(probability);
  return {
    ...{ id: start + 7, text, start, end: start + text.length, logProb, allowedLogProb: 0, rank: 1, counts: true },
    alternatives: [
      { id: start + 7, text, logProb },
      { id: 900, text: 'other', logProb: Math.log(probability / 4) },
    ],
    ...changes,
  };
};

const explained: WhySnapshot = {
  subject: {
    state: 'offered',
    fileName: 'tasks.ts',
    line: 10,
    text: 'filter((task) => task.done)',
    modelName: 'Glassbox Code 5M',
    source: 'typed-through',
    time: [
      { stage: 'gate', ms: 0.4 },
      { stage: 'engine-rest', ms: 3.25 },
    ],
    engineTime: [
      { stage: 'tokenize', ms: 2 },
      { stage: 'prefill', ms: 30 },
      { stage: 'decode', ms: 61.7 },
    ],
    candidateCount: 2,
    candidate: 0,
    isVerbatim: false,
  },
  hasNewer: false,
  contrastText: '',
  explanation: {
    kind: 'ready',
    target: '.filter 🙂',
    contrastTarget: '',
    tokens: [
      token('.', 0, 0.99, { counts: false }),
      token('filter', 1, 0.6),
      token(' ', 7, 0.3),
      token('\uFFFD', 8, 0.02, { end: 8 }),
      token('\uFFFD', 8, 0.5, { id: 99, end: 10, rank: 12, alternatives: [] }),
    ],
    contrastTokens: [],
    parts: [
      { kind: 'control', name: '<|path|>', tokenCount: 1, lines: undefined },
      { kind: 'path', name: '', tokenCount: 8, lines: undefined },
      { kind: 'prefix', name: '', tokenCount: 59, lines: { start: 0, end: 10 } },
      { kind: 'suffix', name: '', tokenCount: 3, lines: { start: 11, end: 13 } },
      { kind: 'current-line', name: '', tokenCount: 4, lines: { start: 10, end: 11 } },
    ],
    tokenCount: 75,
    healedTokenCount: 1,
    contextLength: 1024,
    cut: {
      prefixLines: 16,
      prefixLength: 900,
      suffixLength: 40,
      chunks: 0,
      currentLineLength: 0,
      readsPrefixOnly: false,
    },
  },
  occlusion: {
    kind: 'done',
    message: '',
    changes: [
      {
        part: 'prefix',
        place: 6,
        text: '  return tasks.filter((task) => !task.done);',
        lineCount: 1,
        lines: { start: 6, end: 7 },
        change: -7.12,
      },
      { part: 'prefix', place: 2, text: '  done: boolean;', lineCount: 1, lines: { start: 2, end: 3 }, change: 0.9 },
      { part: 'prefix', place: 3, text: '}', lineCount: 2, lines: undefined, change: -0.02 },
      { part: 'path', place: -1, text: 'src/tasks.ts', lineCount: 1, lines: undefined, change: 0.24 },
    ],
    doneRuns: 5,
    totalRuns: 5,
    readTokenCount: 1796,
    isGrouped: true,
  },
  isPainted: true,
};

/** A token that memory had a share in. */
const remembered = (
  own: ExplainedToken,
  together: number,
  share: number,
  place?: Pick<RememberedPlace, 'path' | 'line' | 'agreement'>,
): ExplainedToken => ({
  ...own,
  remembered: { logProb: Math.log(together), share, place: place && { source: 'workspace', ...place } },
});

const cart = (line: number, agreement: number): Pick<RememberedPlace, 'path' | 'line' | 'agreement'> => ({
  path: 'src/cart.ts',
  line,
  agreement,
});

function withTokens(tokens: readonly ExplainedToken[], target: string): WhySnapshot {
  const { explanation } = explained;
  if (explanation.kind !== 'ready') throw new Error(explanation.kind);
  return { ...explained, explanation: { ...explanation, tokens, target } };
}

/** The same with memory: what the model held for unlikely was written in another file. */
const rememberedTokens = [
  remembered(token('.', 0, 0.99, { counts: false }), 0.99, 0.01),
  remembered(token('filter', 1, 0.6), 0.55, 0.02),
  remembered(token('(', 7, 0.9), 0.93, 0.3, cart(11, 3)),
  remembered(token('zebra', 8, 0.003, { rank: 40, alternatives: [] }), 0.45, 0.99, cart(11, 7)),
  remembered(token('Fold', 13, 0.1, { rank: 4 }), 0.7, 0.86, cart(11, 8)),
  remembered(token(')', 17, 0.2, { rank: 2 }), 0.8, 0.75, cart(12, 9)),
];
const withMemory = withTokens(rememberedTokens, '.filter(zebraFold)');

interface Asked {
  readonly method: string;
  readonly params: unknown;
}

/** Answers from a table of snapshots; a test may show another one. */
class Host {
  readonly asked: Asked[] = [];
  #report: (snapshot: WhySnapshot) => void = () => undefined;

  constructor(private snapshot: WhySnapshot) {}

  show(snapshot: WhySnapshot): void {
    this.snapshot = snapshot;
    this.#report(snapshot);
  }

  get handlers(): RpcHandlers<WhySuggestionContract> {
    const note =
      (method: string) =>
      async (params: unknown): Promise<null> => {
        this.asked.push({ method, params });
        return null;
      };
    return {
      'why/follow': (_params, { report, signal }) => {
        this.#report = report;
        report(this.snapshot);
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('gone'))));
      },
      'why/explainNewest': note('explainNewest'),
      'why/triggerSuggestion': note('triggerSuggestion'),
      'why/choose': note('choose'),
      'why/compare': note('compare'),
      'why/occlude': note('occlude'),
      'why/stop': note('stop'),
      'why/paint': note('paint'),
      'why/reveal': note('reveal'),
      'why/openPlace': note('openPlace'),
    };
  }
}

function open(host: Host, options: Partial<PanelUnderTest<WhySuggestionContract>> = {}): Promise<OpenPanel> {
  return browser.open<WhySuggestionContract>({
    ...{ script, schemas: whySuggestionParamSchemas, handlers: host.handlers },
    ...options,
  });
}

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

  it('is worked by the keyboard alone', async () => {
    const host = new Host(explained);
    const { page } = await open(host);
    await page.locator('.change').first().waitFor();
    const reached = new Set<string>();
    for (let press = 0; press < 40; press++) {
      await page.keyboard.press('Tab');
      reached.add(
        await page.evaluate(`(() => {
          let active = document.activeElement;
          while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
          return active?.getAttribute('role') ?? active?.className ?? active?.tagName ?? '';
        })()`),
      );
    }
    expect([...reached]).toEqual(expect.arrayContaining(['option', 'link', 'change step3']));
  });

  it.each(themeKinds)('looks right in %s', async (theme) => {
    const { page } = await open(new Host(withMemory), { theme, viewport: { width: 720, height: 1500 } });
    await page.locator('.change').first().waitFor();
    await page.screenshot({ path: path.join(root, `out/webview/whySuggestion-${theme}.png`) });
    const lines = await page.evaluate(`[...document.querySelector('glassbox-why-suggestion').shadowRoot
      .querySelector('glassbox-token-row').shadowRoot.querySelectorAll('.token')]
      .map((one) => getComputedStyle(one).borderBottomWidth)`);
    expect(new Set(lines as string[]).size).toBeGreaterThan(2);
  });

  it('speaks Korean', async () => {
    const { page } = await open(new Host(withMemory), {
      ...{ language: 'ko', strings: korean, reducedMotion: 'reduce' as const },
      viewport: { width: 520, height: 1700 },
    });
    await page.locator('.change').first().waitFor();
    await page.screenshot({ path: path.join(root, 'out/webview/whySuggestion-ko.png') });
    const text = (await page.locator('section, .detail').allInnerTexts()).join('\n');
    expect(text).toContain('없었다면 어땠을까요?');
    expect(text).toContain('토큰 5개 중 3개가 주로 내 코드에서 왔습니다: src/cart.ts 12~13번째 줄');
    expect(text.match(/\b(the|line|token|suggestion|memory|alone)\b/gi) ?? []).toEqual([]);
  });
});
