import { describe, expect, it } from 'vitest';
import { scoreText } from '../../../src/engine/decoding/scoreText.js';
import { settledError } from '../../support/settledError.js';
import { checkedModel, decoderOf, fixtureModel, loadedModel, noAbort } from '../modelFixtures.js';

const folder = fixtureModel('tiny-fp32');
const text = 'const 한글 = "🙂";\r\n';

describe('score', () => {
  it('gives each token the log-probability after all tokens before it', async () => {
    const { tokenizer, promptTokens } = await checkedModel(folder);
    const ids = tokenizer.encode(text);
    const decoder = await decoderOf(folder);
    const expected: number[] = [];
    let { logProbs } = await decoder.prefill([promptTokens.endOfText], noAbort);
    for (const id of ids) {
      expected.push(logProbs[id] ?? NaN);
      logProbs = await decoder.step(id, noAbort);
    }

    const score = await (await loadedModel(folder)).score(text, noAbort);

    expect(score.tokens.map((token) => token.id)).toEqual(ids);
    for (const [index, token] of score.tokens.entries()) expect(token.logProb).toBeCloseTo(expected[index] ?? NaN, 4);
    const nats = -expected.reduce((sum, logProb) => sum + logProb, 0);
    expect(score.bitsPerByte).toBeCloseTo(nats / Math.LN2 / Buffer.byteLength(text), 4);
    expect(score.perplexity).toBeCloseTo(Math.exp(nats / ids.length), 0);
  });

  it('scores the same in sliding windows as in one, up to the end of the first window', async () => {
    const { tokenizer, promptTokens } = await checkedModel(folder);
    const long = 'let x = 1; return x;\n'.repeat(5);
    const spans = tokenizer.spans(long);
    const input = { decoder: await decoderOf(folder), spans, text: long, startToken: promptTokens.endOfText };
    const whole = await scoreText({ ...input, contextLength: 64 }, noAbort);
    const windows = await scoreText({ ...input, contextLength: 20 }, noAbort);
    expect(spans.length).toBeGreaterThan(64);
    expect(windows.tokens).toHaveLength(spans.length);
    for (let index = 0; index < 20; index++) {
      expect(windows.tokens[index]?.logProb).toBeCloseTo(whole.tokens[index]?.logProb ?? NaN, 4);
    }
    expect(windows.tokens.every((token) => token.logProb < 0)).toBe(true);
  });

  it('takes text far longer than the context', async () => {
    const long = 'x = 1\n'.repeat(2000);
    const score = await (await loadedModel(folder)).score(long, noAbort);
    expect(score.tokens.at(-1)?.byteEnd).toBe(long.length);
    expect(score.bitsPerByte).toBeGreaterThan(0);
  });

  it('scores an empty text', async () => {
    const score = await (await loadedModel(folder)).score('', noAbort);
    expect(score).toEqual({ bitsPerByte: 0, perplexity: 1, tokens: [] });
  });

  it('can be cancelled', async () => {
    const model = await loadedModel(folder);
    const cancellation = new AbortController();
    const scoring = settledError(model.score('x = 1\n'.repeat(20_000), cancellation.signal));
    setImmediate(() => cancellation.abort());
    expect((await scoring).code).toBe('cancelled');
  });
});
