import { logSumExp } from '../../../src/core/sampling/logSumExp.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bundledModel, checkedModel, decoderVariants, fixtureModel } from '../modelFixtures.js';
import type { CheckedModel } from '../../../src/engine/models/inspectModel.js';
import { NativeOnnxRuntime } from '../../../src/engine/onnx/nativeOnnxRuntime.js';
import { toDecoderGraph } from '../../../src/engine/onnx/decoderGraph.js';
import type { SessionTensor } from '../../../src/engine/onnx/onnxRuntime.js';

const pastLength = 5;
const newTokens = [7, 12, 9];

/** Feeds for a few new tokens after a past of made-up keys and values. */
function feedsFor({ graph, signature }: CheckedModel): Record<string, SessionTensor> {
  const length = pastLength + newTokens.length;
  const dims = [1, signature.kvHeads, pastLength, signature.headDim];
  const size = signature.kvHeads * pastLength * signature.headDim;
  const feeds: Record<string, SessionTensor> = {
    input_ids: int64(newTokens, [1, newTokens.length]),
    attention_mask: int64(new Array<number>(length).fill(1), [1, length]),
    position_ids: int64([5, 6, 7], [1, newTokens.length]),
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
function lastRows(present: Float32Array, heads: number, headDim: number): Float32Array {
  const length = present.length / heads / headDim;
  const parts = Array.from({ length: heads }, (_, head) =>
    present.subarray((head * length + pastLength) * headDim, (head + 1) * length * headDim),
  );
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

describe.each([bundledModel, ...decoderVariants.map(fixtureModel)])('toDecoderGraph on %s', (folder) => {
  it('adds outputs that equal the new rows of the stock outputs, and leaves those as they were', async () => {
    const model = await checkedModel(folder);
    const { signature } = model;
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

    const expected = await stock.run(feedsFor(model), [signature.logits, ...presents]);
    const actual = await session.run(feedsFor(model), [signature.logits, changed.logProbs, ...presents, ...news]);

    expect(actual[signature.logits]).toEqual(expected[signature.logits]);
    const logits = expected[signature.logits] ?? new Float32Array();
    const vocabularySize = logits.length / newTokens.length;
    const differences = [...(actual[changed.logProbs] ?? [])].map((logProb, at) => {
      const start = Math.floor(at / vocabularySize) * vocabularySize;
      return Math.abs(logProb - (logits[at] ?? NaN) + logSumExp(logits.subarray(start, start + vocabularySize)));
    });
    expect(differences).toHaveLength(logits.length);
    expect(Math.max(...differences)).toBeLessThan(1e-4);
    for (const [index, present] of presents.entries()) {
      expect(actual[present]).toEqual(expected[present]);
      expect(actual[news[index] ?? '']).toEqual(
        lastRows(expected[present] ?? new Float32Array(), signature.kvHeads, signature.headDim),
      );
    }
  });

  it('only appends to the file', async () => {
    const model = await checkedModel(folder);
    const { bytes } = toDecoderGraph(model.onnxBytes, model.graph, model.signature);
    const appended = bytes.length - model.onnxBytes.length;
    expect(Buffer.compare(bytes.subarray(0, model.onnxBytes.length), model.onnxBytes)).toBe(0);
    expect(appended).toBeLessThan(model.signature.layers.length * 400 + 600);
  });
});
