import { describe, expect, it } from 'vitest';
import type { CompletionOutcome } from '../../../src/core/completion/completionOutcome.js';
import type { GenerationRequest } from '../../../src/core/completion/generation.js';
import { GlassboxError } from '../../../src/core/errors.js';
import { createPipeline } from '../../support/pipelineFixture.js';

const explicit = { trigger: 'explicit' } as const;
const texts = (outcome: CompletionOutcome): readonly string[] =>
  outcome.kind === 'shown' ? outcome.candidates.map(({ text }) => text) : [];
const bySeed =
  (...answers: readonly string[]) =>
  ({ sampling }: GenerationRequest): string =>
    answers[sampling.seed] ?? '';

describe('when the user asks', () => {
  it('the greedy text comes first, then texts drawn with fixed seeds', async () => {
    const { ask, engine } = createPipeline(bySeed('greedy', 'first', 'second', 'third'));

    expect(texts(await ask('a‸', explicit))).toEqual(['greedy', 'first', 'second', 'third']);
    expect(engine.calls.map(({ request }) => request.sampling)).toEqual([
      { temperature: 0, topK: 0, topP: 1, minP: 0, seed: 0 },
      { temperature: 0.6, topK: 0, topP: 0.95, minP: 0, seed: 1 },
      { temperature: 0.8, topK: 0, topP: 0.95, minP: 0, seed: 2 },
      { temperature: 0.8, topK: 0, topP: 0.95, minP: 0, seed: 3 },
    ]);
  });

  it('equal texts are shown once, at the place of the first', async () => {
    const { ask } = createPipeline(bySeed('one()', 'two()', 'one()  ', 'two()'));
    expect(texts(await ask('a‸', explicit))).toEqual(['one()', 'two()']);
  });

  it('each text is post-processed', async () => {
    const { ask } = createPipeline(bySeed('a, b)', 'c)<|end|>', '', ' '));
    const outcome = await ask('foo(‸)', explicit);
    expect(texts(outcome)).toEqual(['a, b)', 'c)']);
    expect(outcome).toMatchObject({
      candidates: [{ range: { end: { character: 5 } } }, { range: { end: { character: 5 } } }],
    });
  });

  it('drawn texts are shown when the greedy one may not be', async () => {
    const { ask } = createPipeline(bySeed('', 'first', '', ''));
    expect(texts(await ask('a‸', explicit))).toEqual(['first']);
  });

  it('the reason is that of the greedy text when none may be shown', async () => {
    const { see } = createPipeline(bySeed(' + b;', '', '', ''));
    expect(await see('a = ‸ + b;', explicit)).toBe('skipped: repeats-following-text');
  });

  it('what is offered stays first', async () => {
    const { see, ask } = createPipeline(bySeed('bcd', 'xyz', '', ''));
    await see('a‸');
    expect(texts(await ask('ab‸', explicit))).toEqual(['cd', 'xyz']);
  });

  it('the same texts come again without the engine', async () => {
    const { ask, engine } = createPipeline(bySeed('greedy', 'first', 'second', 'third'));
    await ask('a‸', explicit);
    await ask('q‸');
    engine.calls.length = 0;
    expect(texts(await ask('a‸', explicit))).toEqual(['greedy', 'first', 'second', 'third']);
    expect(engine.calls).toHaveLength(0);
  });

  it('all alternatives that agree stay while the user types', async () => {
    const { ask, engine } = createPipeline(bySeed('foo()', 'format()', 'bar()', ''));
    await ask('a‸', explicit);
    engine.calls.length = 0;
    expect(texts(await ask('af‸'))).toEqual(['oo()', 'ormat()']);
    expect(engine.calls).toHaveLength(0);
  });

  it('the greedy text is shown when a drawn one fails', async () => {
    const { ask } = createPipeline(({ sampling }) =>
      sampling.seed === 0 ? 'greedy' : new GlassboxError('engine-crashed', 'It crashed.'),
    );
    expect(texts(await ask('a‸', explicit))).toEqual(['greedy']);
  });

  it('a caller may want the greedy text alone', async () => {
    const { ask, engine } = createPipeline(() => 'greedy', { alternatives: [] });
    expect(texts(await ask('a‸', explicit))).toEqual(['greedy']);
    expect(engine.calls).toHaveLength(1);
  });
});

it('an automatic request has one candidate', async () => {
  const { ask, engine } = createPipeline(() => 'bcd');
  expect(texts(await ask('a‸'))).toEqual(['bcd']);
  expect(engine.calls).toHaveLength(1);
});
