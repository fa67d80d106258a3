import { describe, expect, it } from 'vitest';
import { queryAt } from '../../support/documentText.js';
import { createPipeline, describeOutcome } from '../../support/pipelineFixture.js';

describe('typed through', () => {
  it('keeps what is offered while the user types it, without asking the engine again', async () => {
    const { see, engine } = createPipeline(() => 'b + c;');
    await see('const a = ‸');

    expect(await see('const a = b‸')).toBe('typed-through: const a = b + c;‸');
    expect(await see('const a = b +‸')).toBe('typed-through: const a = b + c;‸');
    expect(await see('const a = b + c‸')).toBe('typed-through: const a = b + c;‸');
    expect(engine.calls).toHaveLength(1);
  });

  it('keeps the generation, for later views', async () => {
    const { ask } = createPipeline(() => 'b + c;');
    await ask('const a = ‸');
    expect(await ask('const a = b‸')).toMatchObject({ candidates: [{ generation: { text: 'b + c;' } }] });
  });

  it('goes back with the cursor to where it was offered, and not further', async () => {
    const { see, engine } = createPipeline(() => 'b + c;');
    await see('const a = ‸');
    await see('const a = b +‸');
    expect(await see('const a = ‸')).toBe('typed-through: const a = b + c;‸');
    await see('const a =‸');
    expect(engine.calls).toHaveLength(2);
  });

  it('goes on over line ends', async () => {
    const { see, engine } = createPipeline(() => '\n  return 1;\n}');
    await see('function f() {‸\n');
    expect(await see('function f() {\n  ret‸\n')).toBe('typed-through: function f() {\n  return 1;\n}‸\n');
    expect(engine.calls).toHaveLength(1);
  });

  it('covers the bracket that the editor closes meanwhile', async () => {
    const { see } = createPipeline(() => 'foo(a, [b]);');
    await see('const x = ‸');
    expect(await see('const x = foo(‸)')).toBe('typed-through: const x = foo(a, [b]);‸');
    expect(await see('const x = foo(a, [‸])')).toBe('typed-through: const x = foo(a, [b]);‸');
  });

  it('keeps what it replaces when the editor closes nothing', async () => {
    const { see } = createPipeline(() => 'foo(a)');
    await see('bar(‸)');
    expect(await see('bar(foo(‸)')).toBe('typed-through: bar(foo(a)‸)');
  });

  it('works with Korean, emoji and CRLF', async () => {
    const { see, engine } = createPipeline(() => '"안녕 👩‍👩‍👧 세상"');
    await see('첫째\r\nx = ‸\r\n');
    expect(await see('첫째\r\nx = "안녕 👩‸\r\n')).toBe('typed-through: 첫째\r\nx = "안녕 👩‍👩‍👧 세상"‸\r\n');
    expect(engine.calls).toHaveLength(1);
  });

  it.each([
    ['something else was typed', 'const a = x‸'],
    ['all of it was typed', 'const a = b + c;‸'],
    ['the text above changed', 'x();\nconst a = b‸'],
    ['the text below changed', 'const a = b‸\nnext();'],
    ['it is another document', 'const a = b‸'],
  ])('ends when %s', async (situation, marked) => {
    const { see, engine } = createPipeline(() => 'b + c;');
    await see('const a = ‸');
    await see(marked, situation.includes('document') ? { document: { uri: 'file:///other.ts' } } : {});
    expect(engine.calls).toHaveLength(2);
  });

  it('ends when the model changes', async () => {
    let hash = 'first';
    const { see, engine } = createPipeline(() => 'b + c;', {
      model: () => ({ id: 'code', hash, contextLength: 1_024 }),
    });
    await see('const a = ‸');
    hash = 'second';
    await see('const a = b‸');
    expect(engine.calls).toHaveLength(2);
  });

  it('ends with an acceptance', async () => {
    const { ask, see, pipeline } = createPipeline(() => 'b + c;');
    const outcome = await ask('const a = ‸');
    if (outcome.kind === 'shown') pipeline.accepted('file:///project/src/file.ts', outcome.candidates[0]!);
    expect(await see('const a = b +‸')).toBe('cache: const a = b + c;‸');
  });
});

describe('the cache', () => {
  it('answers at a place where the model was asked before', async () => {
    const { see, engine } = createPipeline(({ prompt }) => (prompt.currentLine === 'a' ? 'bcd' : 'xyz'));
    await see('a‸');
    await see('q‸');
    expect(await see('a‸')).toBe('cache: abcd‸');
    expect(await see('ab‸')).toBe('typed-through: abcd‸');
    expect(engine.calls).toHaveLength(2);
  });

  it('answers inside a text that the model wrote before', async () => {
    const { see, engine } = createPipeline(({ prompt }) => (prompt.currentLine === 'a' ? 'bcd' : 'xyz'));
    await see('a‸');
    await see('q‸');
    expect(await see('ab‸')).toBe('cache: abcd‸');
    expect(engine.calls).toHaveLength(2);
  });

  it('remembers that there was nothing', async () => {
    const { see, engine } = createPipeline(() => '');
    await see('a‸');
    expect(await see('a‸')).toBe('skipped: blank-result');
    expect(engine.calls).toHaveLength(1);
  });

  it('asks without a delay', async () => {
    const { see, pipeline } = createPipeline(({ prompt }) => (prompt.currentLine === 'a' ? 'bcd' : 'xyz'));
    await see('a‸');
    await see('q‸');
    const outcome = await pipeline.provide(queryAt('a‸'), new AbortController().signal);
    expect(describeOutcome(outcome, 'a‸')).toBe('cache: abcd‸');
  });

  it('does not serve one line where several are wanted', async () => {
    const { see, engine, pipeline, ask } = createPipeline(() => 'bc();');
    const outcome = await ask('a();\n‸');
    if (outcome.kind === 'shown') pipeline.accepted('file:///project/src/file.ts', outcome.candidates[0]!);
    await see('a();\nbc();‸');
    await see('zzz‸');
    await see('a();\nbc();‸');
    expect(engine.calls.map(({ request }) => request.stop.singleLine)).toEqual([true, false, true]);
  });
});

describe('a running generation', () => {
  it('is kept by keystrokes that agree, and serves them', async () => {
    const { clock, engine, pipeline } = createPipeline();
    const first = new AbortController();
    const abandoned = pipeline.provide(queryAt('const a = ‸'), first.signal);
    await clock.advance(1_000);
    engine.latest.stream('fo');

    first.abort();
    const second = new AbortController();
    const outcome = pipeline.provide(queryAt('const a = foo‸'), second.signal);
    await clock.advance(100);
    engine.latest.stream('oBar(');
    engine.latest.finish('1);');

    expect(await abandoned).toEqual({ kind: 'cancelled' });
    expect(describeOutcome(await outcome, 'const a = foo‸')).toBe('running: const a = fooBar(1);‸');
    expect(engine.calls).toHaveLength(1);
    expect(engine.latest.signal.aborted).toBe(false);
  });

  it('serves a request through several keystrokes', async () => {
    const { clock, engine, pipeline } = createPipeline();
    let last: Promise<unknown> = Promise.resolve();
    for (const marked of ['x = ‸', 'x = a‸', 'x = ab‸', 'x = abc‸']) {
      last = pipeline.provide(queryAt(marked), new AbortController().signal);
      await clock.advance(marked === 'x = ‸' ? 1_000 : 50);
    }
    engine.latest.finish('abcdef;');
    expect(await last).toMatchObject({ source: 'running', candidates: [{ text: 'def;' }] });
    expect(engine.calls).toHaveLength(1);
  });

  it('is stopped by a keystroke that disagrees, before the model is asked again', async () => {
    const { clock, engine, pipeline } = createPipeline();
    void pipeline.provide(queryAt('const a = ‸'), new AbortController().signal);
    await clock.advance(1_000);
    const [running] = engine.calls;
    running?.stream('fo');

    void pipeline.provide(queryAt('const a = x‸'), new AbortController().signal);
    await clock.advance(1_000);

    expect(running?.signal.aborted).toBe(true);
    expect(engine.calls).toHaveLength(2);
  });

  it('is left when it turns away from what was typed', async () => {
    const { clock, engine, pipeline } = createPipeline();
    void pipeline.provide(queryAt('a = ‸'), new AbortController().signal);
    await clock.advance(1_000);
    const outcome = pipeline.provide(queryAt('a = foo‸'), new AbortController().signal);
    await clock.advance(10);
    engine.latest.stream('fox');
    await clock.advance(1_000);

    expect(engine.calls).toHaveLength(2);
    expect(engine.calls[0]?.signal.aborted).toBe(true);
    engine.latest.finish('(1);');
    expect(describeOutcome(await outcome, 'a = foo‸')).toBe('model: a = foo(1);‸');
  });

  it('shows its first line as soon as that is complete, and goes on', async () => {
    const { clock, engine, pipeline } = createPipeline();
    void pipeline.provide(queryAt('function f() {‸'), new AbortController().signal);
    await clock.advance(1_000);
    const outcome = pipeline.provide(queryAt('function f() {\n  ‸'), new AbortController().signal);
    await clock.advance(10);
    engine.latest.stream('\n  const a = 1;\n  re');

    expect(describeOutcome(await outcome, 'function f() {\n  ‸')).toContain('running: function f() {\n  const a = 1;');
    expect(engine.latest.isSettled).toBe(false);
    await clock.advance(5_000);
    expect(engine.latest.signal.aborted).toBe(false);
  });

  it('is stopped when nobody came for it within the grace', async () => {
    const { clock, engine, pipeline } = createPipeline();
    const controller = new AbortController();
    void pipeline.provide(queryAt('a‸'), controller.signal);
    await clock.advance(1_000);

    controller.abort();
    await clock.advance(299);
    expect(engine.latest.signal.aborted).toBe(false);
    await clock.advance(1);
    expect(engine.latest.signal.aborted).toBe(true);
  });

  it('goes into the cache even when nobody waits any more', async () => {
    const { clock, engine, pipeline, see } = createPipeline();
    const controller = new AbortController();
    void pipeline.provide(queryAt('a‸'), controller.signal);
    await clock.advance(1_000);
    controller.abort();
    engine.latest.finish('bcd');
    await clock.advance(1);

    expect(await see('a‸')).toBe('cache: abcd‸');
    expect(clock.pendingTimers).toBe(0);
  });

  it('is never more than one', async () => {
    const { clock, engine, pipeline } = createPipeline();
    for (const marked of ['a‸', 'b‸', 'c‸', 'd‸']) {
      void pipeline.provide(queryAt(marked), new AbortController().signal);
      await clock.advance(1_000);
      expect(engine.calls.filter(({ signal }) => !signal.aborted)).toHaveLength(1);
    }
  });
});
