import { describe, expect, it } from 'vitest';
import { idleMs, type ModelAnalyst } from '../../../src/engine/analysis/modelAnalyst.js';
import { descriptionOf } from '../../../src/core/nextTokens/tokenDescriptions.js';
import { generationParams } from '../../support/generationParams.js';
import { ManualClock } from '../../support/manualClock.js';
import { settledError } from '../../support/settledError.js';
import { bundledModel, checkedModel, decoderOf, fixtureModel, loadedModel, noAbort } from '../modelFixtures.js';

const turn = { signal: noAbort, giveWay: (): Promise<void> => Promise.resolve() };
const text = 'export function add(a: number, b: number): number {\n  return a + ';
const { prompt } = generationParams(bundledModel, '  return a + ', 8);

async function analystOf(folder: string): Promise<ModelAnalyst> {
  return (await loadedModel(folder)).analyst;
}

describe('the distribution of the next token', () => {
  it('is that of the decoder after the same tokens, branch included', async () => {
    const { tokenizer, promptTokens } = await checkedModel(bundledModel);
    const branch = tokenizer.encode('b;');
    const context = { kind: 'text', text } as const;
    const next = await (await analystOf(bundledModel)).predictNext({ context, branch, topCount: 4 }, turn);
    const tokens = [promptTokens.endOfText, ...tokenizer.encode(text), ...branch];
    const { logProbs } = await (await decoderOf(bundledModel)).prefill(tokens, noAbort);
    expect(next.contextTokenCount).toBe(tokens.length);
    expect(next.logProbs).toEqual(logProbs.slice(0, tokenizer.table.size));
    for (const id of [...branch, logProbs.indexOf(Math.max(...logProbs))]) {
      expect(descriptionOf(next.tokens, id)?.bytes).toEqual(tokenizer.table.bytesOf(id));
    }
  });

  it('reads only what comes after the branch before it', async () => {
    const analyst = await analystOf(bundledModel);
    const context = { kind: 'prompt', prompt: { ...prompt, currentLine: '' } } as const;
    const first = await analyst.predictNext({ context, branch: [], topCount: 1 }, turn);
    const second = await analyst.predictNext({ context, branch: [70], topCount: 1 }, turn);
    const back = await analyst.predictNext({ context, branch: [71], topCount: 1 }, turn);
    expect(first.reusedTokenCount).toBe(0);
    expect(second.reusedTokenCount).toBe(first.contextTokenCount);
    expect(back.reusedTokenCount).toBe(first.contextTokenCount);
  });

  it('reads the end of a text that is too long', async () => {
    const analyst = await analystOf(fixtureModel('tiny-fp32'));
    const context = { kind: 'text', text: 'x = 1\n'.repeat(500) } as const;
    const { contextTokenCount } = await analyst.predictNext({ context, branch: [70, 71], topCount: 0 }, turn);
    expect(contextTokenCount).toBeLessThanOrEqual(64);
    expect(contextTokenCount).toBeGreaterThan(30);
  });

  it('refuses ids that no token has, and a branch longer than the context', async () => {
    const analyst = await analystOf(fixtureModel('tiny-fp32'));
    const context = { kind: 'text', text: '' } as const;
    const stranger = analyst.predictNext({ context, branch: [9_999_999], topCount: 0 }, turn);
    expect((await settledError(stranger)).code).toBe('bad-request');
    const long = analyst.predictNext({ context, branch: new Array<number>(100).fill(70), topCount: 0 }, turn);
    expect((await settledError(long)).code).toBe('context-too-long');
  });
});

describe('the score of a continuation', () => {
  it('is the sum of what each token has after those before it', async () => {
    const { tokenizer } = await checkedModel(bundledModel);
    const [ids, continuation] = [tokenizer.encode(text), tokenizer.encode('b;\n}\n')];
    const { logProbs } = await (await analystOf(bundledModel)).scoreContinuation(ids, continuation, turn);
    const decoder = await decoderOf(bundledModel);
    let row = (await decoder.prefill(ids, noAbort)).logProbs;
    for (const [index, id] of continuation.entries()) {
      expect(Math.abs(logProbs[index]! - row[id]!)).toBeLessThan(0.01);
      row = await decoder.step(id, noAbort);
    }
  });

  it('shares the beginning of a variant with the one before', async () => {
    const { tokenizer } = await checkedModel(bundledModel);
    const ids = tokenizer.encode(`${text}b;\n}\n`.repeat(12));
    const analyst = await analystOf(bundledModel);
    const whole = await analyst.scoreContinuation(ids, [70, 71], turn);
    const variant = [...ids.slice(0, 200), ...ids.slice(210)];
    const changed = await analyst.scoreContinuation(variant, [70, 71], turn);
    const fresh = await (await analystOf(bundledModel)).scoreContinuation(variant, [70, 71], turn);
    expect(whole.reusedTokenCount).toBe(0);
    expect(changed.reusedTokenCount).toBe(128);
    expect(changed.logProbs).toEqual(fresh.logProbs);
  });
});

describe('the memory of analyses', () => {
  it('leaves the keys and values of a completion alone', async () => {
    const model = await loadedModel(bundledModel);
    const request = generationParams(bundledModel, '  return a + ', 8);
    const { promptTokenCount } = await model.generate(request, () => undefined, noAbort);
    const before = model.cachedTokenCount;
    await model.analyst.score({ text: text.repeat(9), topCount: 1 }, () => undefined, turn);
    await model.analyst.predictNext({ context: { kind: 'text', text }, branch: [], topCount: 1 }, turn);
    expect(model.cachedTokenCount).toBe(before);
    const { reusedTokenCount } = await model.generate(request, () => undefined, noAbort);
    expect(reusedTokenCount).toBe(promptTokenCount - 1);
  });

  it('is given back after a while without one', async () => {
    const clock = new ManualClock();
    const { analyst } = await loadedModel(bundledModel, clock);
    const score = (): ReturnType<ModelAnalyst['score']> => analyst.score({ text, topCount: 1 }, () => undefined, turn);
    await score();
    expect(analyst.cachedTokenCount).toBeGreaterThan(0);
    await clock.advance(idleMs - 1);
    expect((await score()).work.readTokenCount).toBe(0);
    await clock.advance(idleMs - 1);
    expect(analyst.cachedTokenCount).toBeGreaterThan(0);
    await clock.advance(1);
    expect(analyst.cachedTokenCount).toBe(0);
    expect((await score()).work.knownTokenCount).toBe(0);
  });
});
