import { describe, expect, it } from 'vitest';
import { queryAt } from '../../support/documentText.js';
import { createPipeline } from '../../support/pipelineFixture.js';

/** Mistakes found in the source of other completion extensions; each must stay impossible here. */
describe('defects of peers', () => {
  it('a cache key without the suffix: the same prefix with other text below is asked anew', async () => {
    const { see, engine } = createPipeline(({ prompt }) => (prompt.suffix.includes('one') ? 'first();' : 'second();'));
    await see('a.‸\none();');
    expect(await see('a.‸\ntwo();')).toBe('model: a.second();‸\ntwo();');
    expect(engine.calls).toHaveLength(2);
  });

  it('a cache written under one key and read under another: with everything unchanged it hits', async () => {
    const { see, engine } = createPipeline(({ prompt }) => (prompt.currentLine === 'a.' ? 'first();' : 'xyz'));
    const place = 'import b;\n  // 한국어 👩‍👩‍👧\n';
    await see(`${place}a.‸\nnext();`);
    await see(`${place}q‸\nnext();`);
    expect(await see(`${place}a.‸\nnext();`)).toBe(`cache: ${place}a.first();‸\nnext();`);
    expect(engine.calls).toHaveLength(2);
  });

  it('a cached text fitted to an old suffix: what follows is looked at again on every hit', async () => {
    const { see } = createPipeline(({ prompt }) => (prompt.currentLine === 'foo(' ? 'a, b)' : 'xyz'));
    expect(await see('foo(‸')).toBe('model: foo(a, b)‸');
    await see('q‸');
    expect(await see('foo(‸)')).toBe('cache: foo(a, b)‸');
    await see('q‸');
    expect(await see('foo(‸))')).toBe('cache: foo(a, b)‸)');
  });

  it('an outer bracket eaten because its characters occur somewhere in the text', async () => {
    const { see } = createPipeline(({ prompt }) => (prompt.currentLine === 'bar(' ? 'foo(a)' : 'a, b)'));
    expect(await see('bar(‸)')).toBe('model: bar(foo(a)‸)');
    expect(await see('baz(foo(‸))')).toBe('model: baz(foo(a, b)‸)');
  });

  it('reading past the end of the file when the suggestion is longer than what is left', async () => {
    const { see } = createPipeline(() => '\n  a();\n  b();\n  c();\n  d();\n}');
    expect(await see('f() {‸')).toBe('model: f() {\n  a();\n  b();\n  c();\n  d();\n}‸');
    expect(await see('f() {‸\n}')).toBe('model: f() {\n  a();\n  b();\n  c();\n  d();‸\n}');
  });

  it('waiting for the old request to end: the new one starts in the same turn', async () => {
    const { clock, engine, pipeline } = createPipeline();
    void pipeline.provide(queryAt('a‸'), new AbortController().signal);
    await clock.advance(1_000);
    void pipeline.provide(queryAt('b\n‸'), new AbortController().signal);
    await clock.advance(0);
    expect(engine.calls.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  });

  it('a prompt that differs each time: equal documents give equal prompts', async () => {
    const prompts: unknown[] = [];
    for (let run = 0; run < 3; run++) {
      const { ask, engine } = createPipeline(() => 'x();');
      await ask('import b;\na.‸\nnext();');
      prompts.push(engine.latest.request.prompt);
    }
    expect(prompts[1]).toEqual(prompts[0]);
    expect(prompts[2]).toEqual(prompts[0]);
  });

  it('special tokens in the suggestion', async () => {
    const { see } = createPipeline(() => 'b();<|im_end|>\n<|endoftext|>');
    expect(await see('a.‸')).toBe('model: a.b();‸');
  });

  it('nothing with several cursors, and no reason given', async () => {
    const { see } = createPipeline(() => 'x();');
    const at = (
      line: number,
    ): { anchor: { line: number; character: number }; active: { line: number; character: number } } => ({
      anchor: { line, character: 2 },
      active: { line, character: 2 },
    });
    expect(await see('a.‸\na.', { selections: [at(0), at(1)] })).toBe('model: a.x();‸\na.');
    expect(await see('b.‸\na.', { selections: [at(0), at(1)] })).toBe('skipped: several-cursors-differ');
  });

  it('secret files completed in, or read ahead', async () => {
    const { see, clock, engine, pipeline } = createPipeline(() => 'x();');
    expect(await see('A=‸', { document: { path: '.env.local' } })).toBe('skipped: secret-file');
    pipeline.cursorMoved(queryAt('A=‸', { document: { path: 'deploy.key' } }));
    await clock.advance(1_000);
    expect([engine.calls.length, engine.prefills.length]).toEqual([0, 0]);
  });

  it('a suggestion that vanishes and comes back while IntelliSense opens', async () => {
    const { see } = createPipeline(() => 'ole.log();');
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } };
    await see('cons‸');
    expect(await see('cons‸', { selectedSuggestion: { text: 'console', range } })).toBe(
      'typed-through: console.log();‸',
    );
  });

  it('refusing inside a word', async () => {
    const { see } = createPipeline(({ prompt }) => (prompt.currentLine === 'cons' ? 'ole.' : 'x'));
    expect(await see('cons‸log')).toBe('model: console.‸log');
  });

  it('three extra blanks on the first line of a Python body', async () => {
    const { see } = createPipeline(() => '   return x');
    const python = { document: { languageId: 'python' } };
    expect(await see('def f(x):\n    ‸', python)).toBe('model: def f(x):\n    return x‸');
  });

  it('several lines in the middle of one', async () => {
    const { see } = createPipeline(() => 'first,\n  b');
    expect(await see('call(‸, c)')).toBe('model: call(first‸, c)');
  });
});
