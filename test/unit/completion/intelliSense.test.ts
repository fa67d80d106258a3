import { describe, expect, it } from 'vitest';
import type { CompletionQuery } from '../../../src/core/completion/completionQuery.js';
import { createPipeline } from '../../support/pipelineFixture.js';

const item = (text: string, start: number, end: number, line = 0): Pick<CompletionQuery, 'selectedSuggestion'> => ({
  selectedSuggestion: { text, range: { start: { line, character: start }, end: { line, character: end } } },
});

describe('with an IntelliSense item selected', () => {
  it('the item is the forced beginning: in the prompt, in the text and in the range', async () => {
    const { ask, engine } = createPipeline(() => '.log(x);');

    const outcome = await ask('  cons‸', item('console', 2, 6));

    expect(engine.latest.request.prompt.currentLine).toBe('  console');
    expect(outcome).toMatchObject({
      candidates: [
        { text: 'console.log(x);', range: { start: { line: 0, character: 2 }, end: { line: 0, character: 6 } } },
      ],
    });
  });

  it('what the item replaces to the right is replaced, and closers behind it too when the text writes them', async () => {
    const { see, engine } = createPipeline(() => '(a))');
    expect(await see('foo(ba‸r)', item('bazaar', 4, 7))).toBe('model: foo(bazaar(a))‸');
    expect(engine.latest.request.prompt.suffix).toBe('');
  });

  it('does not flicker when the list opens, changes to the same item, or closes', async () => {
    const { see, engine } = createPipeline(() => 'ole.log(x);');
    await see('cons‸');

    expect(await see('cons‸', item('console', 0, 4))).toBe('typed-through: console.log(x);‸');
    expect(await see('conso‸', item('console', 0, 5))).toBe('typed-through: console.log(x);‸');
    expect(await see('conso‸')).toBe('typed-through: console.log(x);‸');
    expect(engine.calls).toHaveLength(1);
  });

  it('keeps what was offered for the item when the list closes', async () => {
    const { see, engine } = createPipeline(() => '.log(x);');
    await see('cons‸', item('console', 0, 4));
    expect(await see('cons‸')).toBe('typed-through: console.log(x);‸');
    expect(engine.calls).toHaveLength(1);
  });

  it('asks anew for another item', async () => {
    const { see, engine } = createPipeline(() => '.x();');
    await see('cons‸', item('console', 0, 4));
    expect(await see('cons‸', item('constants', 0, 4))).toBe('model: constants.x();‸');
    expect(engine.calls).toHaveLength(2);
  });

  it('says so when the item does not begin with what was typed', async () => {
    const { see } = createPipeline(() => '.x();');
    expect(await see('cnsl‸', item('console', 0, 4))).toBe('skipped: suggest-widget-conflict');
  });

  it('works with Korean and emoji names', async () => {
    const { see } = createPipeline(() => '.더하기(1);');
    expect(await see('합‸', item('합계👍', 0, 1))).toBe('model: 합계👍.더하기(1);‸');
  });
});
