import { describe, expect, it } from 'vitest';
import { GlassboxError } from '../../../src/core/errors.js';
import { openSettings, queryAt } from '../../support/documentText.js';
import { settle } from '../../support/manualClock.js';
import { createPipeline } from '../../support/pipelineFixture.js';

describe('a request', () => {
  it('shows what the model writes', async () => {
    const { ask } = createPipeline(() => 'b + c;');

    const outcome = await ask('const a = ‸');

    const position = { line: 0, character: 10 };
    expect(outcome).toMatchObject({
      kind: 'shown',
      source: 'model',
      candidates: [{ text: 'b + c;', range: { start: position, end: position }, generation: { text: 'b + c;' } }],
    });
  });

  it('asks for one line greedily, with healing, and with the stable parts apart from the current line', async () => {
    const { ask, engine } = createPipeline(() => 'b;');

    await ask('import x;\r\nconst a = ‸;\r\nnext();', { document: { path: 'src/a.ts' } });

    expect(engine.latest.request).toEqual({
      prompt: {
        path: 'src/a.ts',
        languageId: 'typescript',
        chunks: [],
        prefix: 'import x;\n',
        prefixStartLine: 0,
        currentLine: 'const a = ',
        suffix: '\nnext();',
      },
      sampling: { temperature: 0, topK: 0, topP: 1, minP: 0, seed: 0 },
      stop: { maxNewTokens: 24, singleLine: true, maxLines: 12, stopStrings: [], deadlineMs: 500 },
      tokenHealing: true,
      memory: 'off',
      alternativeCount: 5,
    });
  });

  it('asks for several lines at a block start, up to the line that is there already', async () => {
    const { ask, engine } = createPipeline(() => '\n  return 1;\n}');

    await ask('function f() {‸\n\nexport const next = 1;');

    expect(engine.latest.request.stop).toEqual({
      maxNewTokens: 128,
      singleLine: false,
      maxLines: 12,
      stopStrings: ['\nexport const next = 1;'],
      deadlineMs: 500,
    });
  });

  it('writes the line ends of the document', async () => {
    const { see } = createPipeline(() => '\n  return 1;\n}');
    expect(await see('a();\r\nfunction f() {‸\r\n')).toBe('model: a();\r\nfunction f() {\r\n  return 1;\r\n}‸\r\n');
  });

  it('times its stages by the clock', async () => {
    const { clock, engine, pipeline } = createPipeline();
    const outcome = pipeline.provide(queryAt('foo(‸'), new AbortController().signal);

    await clock.advance(1_000);
    engine.latest.finish('a)');

    expect(await outcome).toMatchObject({
      timings: { gateMs: 0, promptMs: 0, delayMs: 300, engineMs: 700, postProcessMs: 0, totalMs: 1_000 },
    });
  });
});

describe('the outcome', () => {
  it('is the gate’s reason without asking the engine', async () => {
    const { see, engine } = createPipeline(() => 'x');
    expect(await see('KEY=‸', { document: { path: '.env' } })).toBe('skipped: secret-file');
    expect(engine.calls).toHaveLength(0);
  });

  it('is `no-model` while there is none', async () => {
    const { see } = createPipeline(() => 'x', { model: () => undefined });
    expect(await see('a‸')).toBe('skipped: no-model');
  });

  it.each([
    ['', 'skipped: blank-result'],
    [' + b;', 'skipped: repeats-following-text'],
  ])('is the post-processing’s reason for %j', async (text, expected) => {
    const { see } = createPipeline(() => text);
    expect(await see('const a = ‸ + b;')).toBe(expected);
  });

  it('is `failed` with the engine’s error', async () => {
    const { see } = createPipeline(() => new GlassboxError('engine-crashed', 'It crashed.'));
    expect(await see('a‸')).toBe('failed: engine-crashed');
  });

  it('is `failed` with `internal` for anything else that is thrown', async () => {
    const { see } = createPipeline(() => new TypeError('broken'));
    expect(await see('a‸')).toBe('failed: internal');
    const { see: seeSettings } = createPipeline(() => 'x', {
      settings: () => {
        throw new Error('unreadable');
      },
    });
    expect(await seeSettings('a‸')).toBe('failed: internal');
  });

  it('is `cancelled` when the signal aborts: before, during the delay, during the generation', async () => {
    const { clock, engine, pipeline } = createPipeline();
    const aborted = new AbortController();
    aborted.abort();
    expect(await pipeline.provide(queryAt('a‸'), aborted.signal)).toEqual({ kind: 'cancelled' });

    for (const waitMs of [10, 1_000]) {
      const controller = new AbortController();
      const outcome = pipeline.provide(queryAt('a‸'), controller.signal);
      await clock.advance(waitMs);
      controller.abort();
      expect(await outcome).toEqual({ kind: 'cancelled' });
    }
    expect(engine.calls).toHaveLength(1);
  });

  it('is `cancelled` for a request that a newer one overtakes', async () => {
    const { clock, engine, pipeline } = createPipeline();
    const first = pipeline.provide(queryAt('a‸'), new AbortController().signal);
    const second = pipeline.provide(queryAt('b‸'), new AbortController().signal);
    await clock.advance(1_000);
    engine.latest.finish('cde');

    expect(await first).toEqual({ kind: 'cancelled' });
    expect(await second).toMatchObject({ kind: 'shown', candidates: [{ text: 'cde' }] });
    expect(engine.calls).toHaveLength(1);
  });

  it('comes exactly once for each request and is told to the listener', async () => {
    const { ask, records, pipeline } = createPipeline(() => 'bcd');
    await ask('a‸');
    await ask('KEY=‸', { document: { path: '.env', uri: 'file:///project/.env' } });
    await ask('a‸', { trigger: 'explicit' });

    expect(records.map(({ trigger, outcome }) => [trigger, outcome.kind])).toEqual([
      ['automatic', 'shown'],
      ['automatic', 'skipped'],
      ['explicit', 'shown'],
    ]);
    expect(pipeline.lastOutcomeAt('file:///project/.env', { line: 0, character: 4 })?.outcome).toEqual({
      kind: 'skipped',
      reason: 'secret-file',
    });
    expect(pipeline.lastOutcomeAt('file:///project/.env', { line: 0, character: 3 })).toBeUndefined();
  });
});

describe('what the engine remembers', () => {
  it('is asked for again when it has changed, where an answer was kept', async () => {
    let answer = 'b;';
    const { see, pipeline } = createPipeline(() => answer);
    expect(await see('const a = ‸')).toBe('model: const a = b;‸');
    await see('const other = ‸');
    expect(await see('const a = ‸')).toBe('cache: const a = b;‸');

    answer = 'c;';
    await see('const other = ‸');
    pipeline.memoryChanged();

    expect(await see('const a = ‸')).toBe('model: const a = c;‸');
  });
});

describe('the end', () => {
  it('of a document stops its generation and forgets its outcomes', async () => {
    const { clock, engine, pipeline } = createPipeline();
    const query = queryAt('a‸');
    const outcome = pipeline.provide(query, new AbortController().signal);
    await clock.advance(1_000);

    pipeline.documentClosed('file:///other');
    expect(engine.latest.signal.aborted).toBe(false);
    pipeline.documentClosed(query.document.uri);

    expect(engine.latest.signal.aborted).toBe(true);
    expect(await outcome).toEqual({ kind: 'cancelled' });
  });

  it('of the pipeline stops everything and leaves no timer', async () => {
    const { clock, engine, pipeline } = createPipeline();
    const outcome = pipeline.provide(queryAt('a‸'), new AbortController().signal);
    await clock.advance(1_000);
    pipeline.cursorMoved(queryAt('ab‸'));

    pipeline.dispose();
    await settle();

    expect(engine.latest.signal.aborted).toBe(true);
    expect(clock.pendingTimers).toBe(0);
    expect(await outcome).toEqual({ kind: 'cancelled' });
  });
});

describe('settings', () => {
  it('never several lines', async () => {
    const { ask, engine } = createPipeline(() => '\n  a;\n  b;', {
      settings: () => ({ ...openSettings, multiLine: 'never' }),
    });
    expect(await ask('f() {‸')).toMatchObject({ candidates: [{ text: '\n  a;' }] });
    expect(engine.latest.request.stop.singleLine).toBe(true);
  });

  it('at most so many lines', async () => {
    const { ask } = createPipeline(() => '\n  a;\n  b;\n  c;', { settings: () => ({ ...openSettings, maxLines: 2 }) });
    expect(await ask('f() {‸')).toMatchObject({ candidates: [{ text: '\n  a;\n  b;' }] });
  });

  it('several lines right after an acceptance, and only there', async () => {
    const { ask, engine, pipeline } = createPipeline(() => 'b();');
    const outcome = await ask('a();\n‸');
    const candidate = outcome.kind === 'shown' ? outcome.candidates[0]! : expect.fail();

    pipeline.accepted('file:///project/src/file.ts', candidate);
    await ask('a();\nb();‸');
    expect(engine.latest.request.stop.singleLine).toBe(false);
    await ask('a();\nb();\n‸');
    expect(engine.latest.request.stop.singleLine).toBe(false);
    await ask('‸a();\nb();\n');
    await ask('a();\nb();\nc();‸');
    expect(engine.latest.request.stop.singleLine).toBe(true);
  });
});
