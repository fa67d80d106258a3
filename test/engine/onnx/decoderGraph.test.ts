import { describe, expect, it, onTestFinished } from 'vitest';
import { bundledModel, checkedModel, decoderVariants, fixtureModel } from '../modelFixtures.js';
import type { CheckedDecoder } from '../../../src/engine/models/inspectModel.js';
import { NativeOnnxRuntime } from '../../../src/engine/onnx/nativeOnnxRuntime.js';
import { toDecoderGraph } from '../../../src/engine/onnx/decoderGraph.js';
import { readOnnxGraph } from '../../../src/engine/onnx/onnxGraph.js';
import type { SessionTensor } from '../../../src/engine/onnx/onnxRuntime.js';

const newTokens = [7, 12, 9];

/** Feeds for a few new tokens after a past of made-up keys and values. */
function feedsFor({ graph, signature }: CheckedDecoder, pastLength: number): Record<string, SessionTensor> {
  const length = pastLength + newTokens.length;
  const dims = [1, signature.kvHeads, pastLength, signature.headDim];
  const size = signature.kvHeads * pastLength * signature.headDim;
  const feeds: Record<string, SessionTensor> = {
    input_ids: int64(newTokens, [1, newTokens.length]),
    attention_mask: int64(new Array<number>(length).fill(1), [1, length]),
    position_ids: int64(
      newTokens.map((_, index) => pastLength + index),
      [1, newTokens.length],
    ),
    num_logits_to_keep: int64([newTokens.length], signature.logitsToKeepDims ?? []),
  };
  for (const [index, name] of signature.layers.flatMap((layer) => [layer.pastKey, layer.pastValue]).entries()) {
    const data = Float32Array.from({ length: size }, (_, at) => Math.sin(at * 0.7 + index));
    feeds[name] = { type: 'float32', dims, data };
  }
  const inputs = new Set(graph.inputs.map((input) => input.name));
  return Object.fromEntries(Object.entries(feeds).filter(([name]) => inputs.has(name)));
}

function int64(values: readonly number[], dims: readonly number[]): SessionTensor {
  return { type: 'int64', dims, data: BigInt64Array.from(values, BigInt) };
}

/** The last rows of each head of a [1, heads, length, size] tensor. */
function lastRows(present: Float32Array, pastLength: number, heads: number, headDim: number): Float32Array {
  const length = present.length / heads / headDim;
  const parts = Array.from({ length: heads }, (_, head) =>
    present.subarray((head * length + pastLength) * headDim, (head + 1) * length * headDim),
  );
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

/** What a row's logits lose to become log-probabilities. */
function logSumExp(logits: Float32Array): number {
  const maximum = Math.max(...logits);
  return maximum + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - maximum), 0));
}

/** Two sums of a few hundred products each, added, against one of all of them. */
const floatTolerance = 1e-4;

/**
 * Where activations are quantised, that last bit may make one of them fall into the next of 255 steps, which moves every
 * value after it a little (0.12 was seen). A graph that computes something else is off by several units.
 */
const quantisedTolerance = 0.3;

function toleranceFor({ graph }: CheckedDecoder): number {
  return graph.operators.has(':MatMulInteger') ? quantisedTolerance : floatTolerance;
}

function largestDifference(actual: Float32Array | undefined, expected: Float32Array | undefined): number {
  expect(actual?.length).toBe(expected?.length);
  return [...(actual ?? [])].reduce((most, value, at) => Math.max(most, Math.abs(value - (expected?.[at] ?? NaN))), 0);
}

describe.each([bundledModel, ...decoderVariants.map(fixtureModel)])('toDecoderGraph on %s', (folder) => {
  it.each([0, 5])(
    'gives the new rows and the log-probabilities of the stock graph after %d tokens',
    async (pastLength) => {
      const model = await checkedModel(folder);
      const { signature } = model;
      const tolerance = toleranceFor(model);
      const changed = toDecoderGraph(model.onnxBytes, model.graph, signature);
      const runtime = new NativeOnnxRuntime();
      const options = { threadCount: 1, externalDataFolder: undefined };
      const stock = await runtime.createSession(model.onnxBytes, options);
      const session = await runtime.createSession(changed.bytes, options);
      onTestFinished(async () => {
        await stock.release();
        await session.release();
      });
      const presents = signature.layers.flatMap((layer) => [layer.presentKey, layer.presentValue]);
      const news = changed.newRows.flatMap(({ key, value }) => [key, value]);

      const expected = await stock.run(feedsFor(model, pastLength), [signature.logits, ...presents]);
      const actual = await session.run(feedsFor(model, pastLength), [signature.logits, changed.logProbs, ...news]);

      expect(largestDifference(actual[signature.logits], expected[signature.logits])).toBeLessThan(tolerance);
      const logits = expected[signature.logits] ?? new Float32Array();
      const vocabularySize = logits.length / newTokens.length;
      const normalizers = newTokens.map((_, row) =>
        logSumExp(logits.subarray(row * vocabularySize, (row + 1) * vocabularySize)),
      );
      const logProbs = logits.map((logit, at) => logit - (normalizers[Math.floor(at / vocabularySize)] ?? NaN));
      expect(largestDifference(actual[changed.logProbs], logProbs)).toBeLessThan(tolerance);
      for (const [index, present] of presents.entries()) {
        const rows = lastRows(
          expected[present] ?? new Float32Array(),
          pastLength,
          signature.kvHeads,
          signature.headDim,
        );
        expect(largestDifference(actual[news[index] ?? ''], rows)).toBeLessThan(tolerance);
      }
    },
  );

  it('adds little to the file', async () => {
    const model = await checkedModel(folder);
    const { bytes } = toDecoderGraph(model.onnxBytes, model.graph, model.signature);
    const growth = bytes.length - model.onnxBytes.length;
    expect(growth).toBeLessThan(model.signature.layers.length * 900 + 600);
  });
});

describe('the joined cache', () => {
  it.each([bundledModel, ...['tiny-fp32', 'tiny-mha-no-position-ids', 'tiny-int8'].map(fixtureModel)])(
    'is no longer made by %s',
    async (folder) => {
      expect(await remainingOutputs(folder)).not.toContain('present.0.key');
    },
  );

  it('stays where a fused operator makes it', async () => {
    expect(await remainingOutputs(fixtureModel('tiny-gqa-fused-q4'))).toContain('present.0.key');
  });
});

async function remainingOutputs(folder: string): Promise<string[]> {
  const model = await checkedModel(folder);
  const { bytes } = toDecoderGraph(model.onnxBytes, model.graph, model.signature);
  return readOnnxGraph(bytes).outputs.map((output) => output.name);
}
