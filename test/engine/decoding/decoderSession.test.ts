import { describe, expect, it } from 'vitest';
import { decoderOf, bundledModel, fixtureModel, noAbort } from '../modelFixtures.js';
import type { DecoderSession } from '../../../src/engine/decoding/decoderSession.js';
import { NativeOnnxRuntime } from '../../../src/engine/onnx/nativeOnnxRuntime.js';
import type { OnnxRuntime } from '../../../src/engine/onnx/onnxRuntime.js';
import { settledError } from '../../support/settledError.js';

const prompt = Array.from({ length: 40 }, (_, index) => 20 + ((index * 37) % 200));

/**
 * Models with the largest difference of a log-probability that reading in other portions may make. Float32 sums may come in
 * another order. Int8 activations are rounded: with a scale per position, as in the bundled model, that is all; with one
 * scale per run, as in the fixture, every run rounds differently.
 */
const tolerances: readonly (readonly [string, number])[] = [
  [fixtureModel('tiny-fp32'), 1e-4],
  [fixtureModel('tiny-mha-no-position-ids'), 1e-4],
  [fixtureModel('tiny-gqa-fused-q4'), 1e-4],
  [fixtureModel('tiny-int8'), 0.5],
  [bundledModel, 0.01],
];

function largestDifference(left: Float32Array, right: Float32Array): number {
  expect(left.length).toBe(right.length);
  return left.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (right[index] ?? NaN))), 0);
}

/** The rows after each token from `firstRow` on. */
async function rowsOf(decoder: DecoderSession, tokens: readonly number[], firstRow: number): Promise<Float32Array[]> {
  const found: Float32Array[] = [];
  await decoder.readRows(
    { tokens, firstRow, reusable: Infinity },
    ({ count, vocabularySize, logProbs }) => {
      for (let row = 0; row < count; row++) {
        found.push(logProbs.slice(row * vocabularySize, (row + 1) * vocabularySize));
      }
      return true;
    },
    noAbort,
  );
  return found;
}

/** Greedy tokens after the prompt, as many as asked for. */
async function continueGreedily(decoder: DecoderSession, from: readonly number[], count: number): Promise<number[]> {
  const tokens: number[] = [];
  let { logProbs } = await decoder.prefill(from, noAbort);
  for (;;) {
    const next = logProbs.indexOf(Math.max(...logProbs));
    tokens.push(next);
    if (tokens.length === count) return tokens;
    logProbs = await decoder.step(next, noAbort);
  }
}

describe.each(tolerances)('DecoderSession of %s', (folder, tolerance) => {
  it('gives the same probabilities step by step as in one run', async () => {
    const decoder = await decoderOf(folder);
    const whole = await rowsOf(decoder, prompt, 0);

    const steps = [(await decoder.prefill(prompt.slice(0, 1), noAbort)).logProbs];
    for (const token of prompt.slice(1)) steps.push(await decoder.step(token, noAbort));

    expect(steps.length).toBe(whole.length);
    for (const [index, logProbs] of steps.entries()) {
      expect(largestDifference(logProbs, whole[index] ?? new Float32Array())).toBeLessThan(tolerance);
    }
  });

  it('gives the same probabilities after going back to an earlier token as from the start', async () => {
    const reused = await decoderOf(folder);
    await reused.prefill(prompt, noAbort);
    await reused.step(5, noAbort);
    const branch = [...prompt.slice(0, 30), 6, 7, 8];
    const afterReuse = await reused.prefill(branch, noAbort);

    const fresh = await (await decoderOf(folder)).prefill(branch, noAbort);

    expect(afterReuse.reusedTokenCount).toBe(30);
    expect(fresh.reusedTokenCount).toBe(0);
    expect(largestDifference(afterReuse.logProbs, fresh.logProbs)).toBeLessThan(tolerance);
  });

  it('repeats itself exactly when it reads in the same way', async () => {
    const first = await continueGreedily(await decoderOf(folder), prompt, 12);
    const second = await continueGreedily(await decoderOf(folder), prompt, 12);
    expect(second).toEqual(first);
  });
});

describe('DecoderSession', () => {
  it('continues with the same tokens after reuse as from the start', async () => {
    const decoder = await decoderOf(fixtureModel('tiny-fp32'));
    const fresh = await continueGreedily(decoder, prompt, 15);
    await decoder.prefill([...prompt.slice(0, 20), 1, 2, 3], noAbort);
    expect(await continueGreedily(decoder, prompt, 15)).toEqual(fresh);
  });

  it('reads the last token of a prompt again that it holds already, and no other', async () => {
    const decoder = await decoderOf(fixtureModel('tiny-fp32'));
    const first = await decoder.prefill(prompt, noAbort);
    const second = await decoder.prefill(prompt, noAbort);
    expect(second.reusedTokenCount).toBe(prompt.length - 1);
    expect(largestDifference(second.logProbs, first.logProbs)).toBeLessThan(1e-4);
  });

  it('keeps what goes on beyond a prompt that is only warmed', async () => {
    const decoder = await decoderOf(fixtureModel('tiny-fp32'));
    expect(await decoder.warm(prompt, noAbort)).toBe(0);
    expect(await decoder.warm(prompt.slice(0, 10), noAbort)).toBe(10);
    expect(decoder.cachedTokenCount).toBe(prompt.length);
    expect((await decoder.prefill([...prompt, 9], noAbort)).reusedTokenCount).toBe(prompt.length);
  });

  it('refuses a prompt longer than the context', async () => {
    const decoder = await decoderOf(fixtureModel('tiny-fp32'));
    const error = await settledError(decoder.prefill(new Array<number>(65).fill(9), noAbort));
    expect(error.code).toBe('context-too-long');
    expect(error.message).toContain('65 tokens');
  });

  it('stops between two chunks of a prompt when it is cancelled, and keeps what it read', async () => {
    const cancellation = new AbortController();
    let runs = 0;
    const decoder = await decoderOf(
      bundledModel,
      observed(() => {
        runs++;
        if (runs === 2) setImmediate(() => cancellation.abort());
      }),
    );
    const long = Array.from({ length: 900 }, (_, index) => 20 + (index % 500));
    const error = await settledError(decoder.prefill(long, cancellation.signal));
    expect(error.code).toBe('cancelled');
    expect(runs).toBeLessThanOrEqual(3);
    expect(decoder.cachedTokenCount).toBe(runs * 128);
  });
});

/** The real runtime, telling about each run before it happens. */
function observed(onRun: () => void): OnnxRuntime {
  const native = new NativeOnnxRuntime();
  return {
    version: native.version,
    createSession: async (model, options) => {
      const session = await native.createSession(model, options);
      return {
        run: (feeds, outputs) => {
          onRun();
          return session.run(feeds, outputs);
        },
        release: () => session.release(),
      };
    },
  };
}
