import { expect, it } from 'vitest';
import { GlassboxError } from '../../../src/core/errors.js';
import { queryAt } from '../../support/documentText.js';
import { createPipeline } from '../../support/pipelineFixture.js';

const document = { path: 'src/a.ts' };

it('computes everything but the current line when the cursor rests for 150 ms', async () => {
  const { clock, engine, pipeline } = createPipeline();
  pipeline.cursorMoved(queryAt('import x;\nconst a = ‸\nnext();', { document }));

  await clock.advance(149);
  expect(engine.prefills).toHaveLength(0);
  await clock.advance(1);

  expect(engine.prefills.map(({ prompt }) => prompt)).toMatchObject([
    { path: 'src/a.ts', prefix: 'import x;\n', prefixStartLine: 0, suffix: '\nnext();' },
  ]);
});

it('sends the request that follows the very same stable parts', async () => {
  const { clock, engine, pipeline, ask } = createPipeline(() => 'b;');
  const below = Array.from({ length: 40 }, (_, index) => `call${String(index)}();`);
  pipeline.cursorMoved(queryAt(`import x;\n‸\n${below.join('\n')}`));
  await clock.advance(150);

  await ask(`import x;\nconst a = ‸\n${below.join('\n').replace('call20', 'call_20')}`);

  expect(engine.latest.request.prompt).toEqual({ ...engine.prefills[0]?.prompt, currentLine: 'const a = ' });
});

it('waits anew for every move', async () => {
  const { clock, engine, pipeline } = createPipeline();
  for (let move = 0; move < 10; move++) {
    pipeline.cursorMoved(queryAt('a\n‸'));
    await clock.advance(100);
  }
  expect(engine.prefills).toHaveLength(0);
  expect(clock.pendingTimers).toBe(1);
});

it.each<[string, (fixture: ReturnType<typeof createPipeline>) => void]>([
  ['typing', ({ pipeline }) => pipeline.documentChanged('file:///project/src/file.ts')],
  ['a move of the cursor', ({ pipeline }) => pipeline.cursorMoved(queryAt('b\n‸'))],
  ['closing the document', ({ pipeline }) => pipeline.documentClosed('file:///project/src/file.ts')],
  ['a request', ({ pipeline }) => void pipeline.provide(queryAt('b\n‸'), new AbortController().signal)],
  ['the end of the pipeline', ({ pipeline }) => pipeline.dispose()],
])('is stopped by %s', async (_, activity) => {
  const fixture = createPipeline();
  fixture.pipeline.cursorMoved(queryAt('a\n‸'));
  await fixture.clock.advance(150);

  activity(fixture);
  await fixture.clock.advance(0);

  expect(fixture.engine.prefills[0]?.signal.aborted).toBe(true);
});

it('does not compute again what the engine has just read', async () => {
  const { clock, engine, pipeline, ask } = createPipeline(() => 'b;');
  await ask('import x;\nconst a = ‸');
  pipeline.cursorMoved(queryAt('import x;\nconst a = b‸'));
  await clock.advance(150);
  expect(engine.prefills).toHaveLength(0);

  pipeline.cursorMoved(queryAt('import x;\nconst a = b\n‸'));
  await clock.advance(150);
  pipeline.cursorMoved(queryAt('import x;\nconst a = b\nc‸'));
  await clock.advance(150);
  expect(engine.prefills).toHaveLength(1);
});

it('tries again after a failure, and says nothing to the user', async () => {
  const { clock, engine, pipeline } = createPipeline();
  engine.prefill = (prompt, signal) => {
    engine.prefills.push({ prompt, signal });
    return Promise.reject(new GlassboxError('engine-crashed', 'It crashed.'));
  };
  for (let rest = 0; rest < 2; rest++) {
    pipeline.cursorMoved(queryAt('a\n‸'));
    await clock.advance(150);
  }
  expect(engine.prefills).toHaveLength(2);
});

it('survives a document that is gone when the cursor has rested', async () => {
  const { clock, engine, pipeline, see } = createPipeline(() => 'bcd');
  const query = queryAt('a\nb\n‸');
  pipeline.cursorMoved(query);
  query.document.lineAt = () => {
    throw new Error('closed');
  };
  await clock.advance(150);
  expect(engine.prefills).toHaveLength(0);
  expect(await see('a‸')).toBe('model: abcd‸');
});

it('respects the gate and makes room for a running generation', async () => {
  const { clock, engine, pipeline } = createPipeline();
  pipeline.cursorMoved(queryAt('KEY=\n‸', { document: { path: '.env' } }));
  await clock.advance(150);
  void pipeline.provide(queryAt('a\n‸'), new AbortController().signal);
  await clock.advance(0);
  pipeline.cursorMoved(queryAt('b\n‸'));
  await clock.advance(150);
  expect(engine.prefills).toHaveLength(0);
});
