import { beforeAll, describe, expect, it } from 'vitest';
import 'vscode-jsonrpc/node';
import { createSampleHandlers, type SampleContract, sampleSchemas } from '../support/sampleContract.js';
import { bundleForBrowser } from './harness/bundleForBrowser.js';
import type { OpenPanel } from './harness/openPanel.js';
import { withBrowser } from './harness/withBrowser.js';

const browser = withBrowser();
let script = '';

beforeAll(async () => {
  script = await bundleForBrowser('test/webview/pages/samplePage.ts');
});

function open(strings?: Readonly<Record<string, string>>): Promise<OpenPanel> {
  const panel = { script, schemas: sampleSchemas, handlers: createSampleHandlers(), ...(strings && { strings }) };
  return browser.open<SampleContract>(panel);
}

describe('the channel between a page and the host', () => {
  it('carries typed arrays as typed arrays, with what JSON cannot say', async () => {
    const { page } = await open();

    const answer = await page.evaluate(`client.call('echo', { value: {
      ids: Uint32Array.of(1, 4294967295), part: new Float64Array(4).fill(NaN).subarray(1, 3), none: new Int32Array() } })
      .then(({ ids, part, none }) => [ids, part, none].map((a) => a.constructor.name + ':' + [...a].join()))`);

    expect(answer).toEqual(['Uint32Array:1,4294967295', 'Float64Array:NaN,NaN', 'Int32Array:']);
  });

  it.each(['한글 \u1112\u1161\u11ab', '👩‍👩‍👧‍👦', 'a\ud83dz', '\0\r\n\u2028'])('carries the text %j', async (text) => {
    const { page } = await open();

    const isEqual = await page.evaluate(
      `client.call('echo', { value: ${JSON.stringify(text)} }).then((answer) => answer === ${JSON.stringify(text)})`,
    );

    expect(isEqual).toBe(true);
  });

  it('streams, cancels, and tells the handler', async () => {
    const { page } = await open();

    const outcome = await page.evaluate(`(async () => {
      const controller = new AbortController();
      const onProgress = () => controller.abort();
      const error = await client.call('waitForAbort', {}, { signal: controller.signal, onProgress }).catch((e) => e);
      return [error.code, await client.call('abortCounts', {})];
    })()`);

    expect(outcome).toEqual(['cancelled', { started: 1, aborted: 1 }]);
  });

  it.each([
    ['an error of a handler', `client.call('fail', { how: 'with-action' })`, 'model-hash-mismatch'],
    ['an exception', `client.call('fail', { how: 'synchronously' })`, 'internal'],
    ['parameters out of bounds', `client.call('countTo', { limit: 1001 })`, 'bad-request'],
    ['parameters of another type', `client.call('countTo', { limit: new Uint8Array(1) })`, 'bad-request'],
    ['a method that does not exist', `client.call('noSuchMethod', {})`, 'bad-request'],
  ])('answers %s', async (_what, call, code) => {
    const { page } = await open();

    expect(await page.evaluate(`${call}.catch((error) => error.code)`)).toBe(code);
  });

  it('does not mind messages that are not ours', async () => {
    const { page, inject } = await open();
    for (const message of ['text', 7, null, {}, { page: 'another', message: {} }, { page: 5 }]) await inject(message);

    expect(await page.evaluate(`client.call('echo', { value: 1 })`)).toBe(1);
  });
});

describe('a panel that is hidden and shown', () => {
  it('aborts what ran for the page that went, and gives its answers to no other', async () => {
    const { page, hideAndShow } = await open();
    await page.evaluate(`new Promise((started) => {
      void client.call('waitForAbort', {}, { onProgress: started }).catch(() => undefined);
    })`);

    await hideAndShow();
    const answers = await page.evaluate(`Promise.all([
      client.call('echo', { value: 'first of the new page' }), client.call('abortCounts', {}) ])`);

    expect(answers).toEqual(['first of the new page', { started: 1, aborted: 1 }]);
  });

  it('keeps its state', async () => {
    const { page, hideAndShow } = await open();
    await page.evaluate(`state.update({ count: 3 })`);

    await hideAndShow();

    expect(await page.evaluate(`state.value`)).toEqual({ count: 3 });
  });

  it.each(['{"version":1,"value":{"count":3}}', '{"version":2,"value":{"count":"3"}}', '[]', '"text"'])(
    'forgets the state %s, which it cannot use',
    async (stored) => {
      const { page, hideAndShow } = await open();
      await page.evaluate(`sessionStorage.setItem('state', ${JSON.stringify(stored)})`);

      await hideAndShow();

      expect(await page.evaluate(`state.value`)).toEqual({ count: 0 });
    },
  );
});

describe('the strings of a page', () => {
  it('are the ones that the host laid into it, whatever is in them', async () => {
    const { page } = await open({ 'Tokens: {0}': '토큰 "{0}"개 <&>' });

    expect(await page.evaluate(`[t('Tokens: {0}', 3), t('Untranslated {0} {1}', 'a', 'b')]`)).toEqual([
      '토큰 "3"개 <&>',
      'Untranslated a b',
    ]);
  });
});

describe('the content security policy', () => {
  it('refuses inline scripts, foreign scripts, style sheets, pictures and connections', async () => {
    const { page, faults } = await open();

    const refused = await page.evaluate(`(async () => {
      const refused = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refused.push(effectiveDirective));
      const add = (name, attributes) => document.body.append(Object.assign(document.createElement(name), attributes));
      add('script', { textContent: 'globalThis.isBroken = true' });
      add('script', { src: 'https://panel.invalid/other.js' });
      add('style', { textContent: 'body { color: red }' });
      add('img', { src: 'https://panel.invalid/picture.png' });
      document.body.setAttribute('style', 'color: red');
      await fetch('https://panel.invalid/data').catch(() => undefined);
      await new Promise((done) => setTimeout(done));
      return [...new Set(refused)].sort();
    })()`);
    faults.length = 0;

    expect(refused).toEqual(['connect-src', 'img-src', 'script-src-elem', 'style-src-attr', 'style-src-elem']);
    expect(await page.evaluate(`globalThis.isBroken`)).toBeUndefined();
  });
});
