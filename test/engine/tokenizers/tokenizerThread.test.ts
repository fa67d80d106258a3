import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';
import type { TokenizerSource } from '../../../src/core/tokenizer/tokenizerSource.js';
import { TokenizerThread } from '../../../src/engine/tokenizers/tokenizerThread.js';
import { bundleForNode } from '../../support/bundleForNode.js';
import { settledError } from '../../support/settledError.js';
import { silentLog } from '../../support/silentLog.js';
import { smallByteLevel, type TokenizerJson } from '../../unit/tokenizer/tokenizerFixtures.js';
import { copyOfModel, loadedModel, noAbort, replaceFile } from '../modelFixtures.js';

const context = { signal: noAbort, report: (): void => undefined };
const gpt2: TokenizerSource = { kind: 'builtin', name: 'gpt2' };
/** Long for what the tests ask for, and short for what takes forever. */
const deadlineMs = 4000;

let workerFile: string;
beforeAll(async () => {
  workerFile = await bundleForNode('src/engine/tokenizers/tokenizerWorker.ts');
});

function startThread(limits: { deadlineMs?: number } = { deadlineMs }): TokenizerThread {
  const thread = new TokenizerThread({ workerFile, clock: systemClock(globalThis), log: silentLog, ...limits });
  onTestFinished(() => thread.dispose());
  return thread;
}

/** A folder with these files, which goes away after the test. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'glassbox-tokenizer-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  return folder;
}

const hostilePreTokenizer = {
  type: 'Sequence',
  pretokenizers: [
    { type: 'Split', pattern: { Regex: '(?:a+)+$' }, behavior: 'Isolated', invert: false },
    { type: 'ByteLevel', use_regex: false },
  ],
};

/** A tokenizer whose pattern needs longer than the age of the universe for forty letters `a`. */
function hostileFile(): TokenizerSource {
  const json = smallByteLevel({ pre_tokenizer: hostilePreTokenizer });
  return { kind: 'file', path: folderWith({ 'tokenizer.json': JSON.stringify(json) }) };
}

describe('a tokenizer that takes forever', () => {
  it('is stopped at the deadline with a clear message while the engine goes on', { timeout: 30_000 }, async () => {
    const thread = startThread();
    let turns = 0;
    const turning = setInterval(() => turns++, 10);
    onTestFinished(() => clearInterval(turning));

    const text = `${'a'.repeat(40)}!`;
    const error = await settledError(
      thread.handlers['tokenizers/encode']({ source: hostileFile(), text, controlTokens: 'text' }, context),
    );

    expect(error).toMatchObject({
      code: 'tokenizer-too-slow',
      message: expect.stringContaining('within 4 s') as string,
    });
    expect(turns).toBeGreaterThan(10);
  });

  it('takes nothing from the requests that wait behind it', { timeout: 30_000 }, async () => {
    const { handlers } = startThread();
    const text = `${'a'.repeat(40)}!`;

    const [hostile, harmless] = await Promise.allSettled([
      handlers['tokenizers/encode']({ source: hostileFile(), text, controlTokens: 'text' }, context),
      handlers['tokenizers/encode']({ source: gpt2, text: 'hello world', controlTokens: 'text' }, context),
    ]);

    expect(hostile.status).toBe('rejected');
    expect(harmless).toMatchObject({ status: 'fulfilled', value: { ids: Uint32Array.of(31373, 995) } });
  });
});

describe('a chat template that takes forever', () => {
  it('is stopped, too', { timeout: 30_000 }, async () => {
    const endless = '{% for a in range(1000000) %}{% for b in range(1000000) %}{{ b }}{% endfor %}{% endfor %}';
    const folder = folderWith({
      'tokenizer.json': JSON.stringify(smallByteLevel()),
      'chat_template.jinja': endless,
    });
    const source: TokenizerSource = { kind: 'file', path: folder };

    const params = { source, messages: [], addGenerationPrompt: false };
    const error = await settledError(startThread().handlers['tokenizers/renderChat'](params, context));

    expect(error.code).toMatch(/^tokenizer-(?:too-slow|unsupported)$/);
  });
});

describe('a request that is cancelled', () => {
  it('leaves the tokenizers as they are', { timeout: 30_000 }, async () => {
    const { handlers } = startThread({});
    const cancellation = new AbortController();
    const params = { source: gpt2, text: 'hello world', controlTokens: 'text' } as const;

    const cancelled = handlers['tokenizers/encode'](params, { ...context, signal: cancellation.signal });
    cancellation.abort();

    expect((await settledError(cancelled)).code).toBe('cancelled');
    expect((await handlers['tokenizers/encode'](params, context)).ids).toEqual(Uint32Array.of(31373, 995));
  });
});

describe('the tokenizer of a model that takes forever', () => {
  it('is ended at a deadline, and encodes other texts as before', { timeout: 30_000 }, async () => {
    const folder = await copyOfModel('tiny-fp32');
    const json = JSON.parse(readFileSync(path.join(folder, 'tokenizer.json'), 'utf8')) as TokenizerJson;
    await replaceFile(folder, 'tokenizer.json', JSON.stringify({ ...json, pre_tokenizer: hostilePreTokenizer }));
    const model = await loadedModel(folder);

    expect(() => model.encode(`${'a'.repeat(40)}!`)).toThrow(
      expect.objectContaining({ code: 'tokenizer-too-slow', message: expect.stringContaining('1000 ms') as string }),
    );
    expect(model.encode('b').length).toBeGreaterThan(0);
  });
});
