import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GlassboxError } from '../../../src/core/errors.js';
import { readDecoderSignature } from '../../../src/engine/onnx/decoderSignature.js';
import { readOnnxGraph, type GraphValue, type OnnxGraph } from '../../../src/engine/onnx/onnxGraph.js';
import { elementType } from '../../../src/engine/onnx/onnxSchema.js';
import { fixtureModel } from '../modelFixtures.js';

const bytes = await readFile(path.join(fixtureModel('tiny-fp32'), 'onnx/model.onnx'));
const graph = readOnnxGraph(bytes);

function withInput(name: string, change: Partial<GraphValue> | undefined): OnnxGraph {
  const inputs = graph.inputs.flatMap((input) => {
    if (input.name !== name) return [input];
    return change === undefined ? [] : [{ ...input, ...change }];
  });
  return { ...graph, inputs };
}

const reasons: readonly (readonly [string, OnnxGraph, string])[] = [
  ['no input_ids', withInput('input_ids', undefined), 'it has no input "input_ids"'],
  ['ids of 32 bits', withInput('input_ids', { elementType: 6 }), 'its input "input_ids" has element type 6, not 7'],
  ['no cache', withInput('past_key_values.0.key', undefined), 'exported without KV cache'],
  [
    'a cache of half precision',
    withInput('past_key_values.1.key', { elementType: elementType.float16 }),
    '"past_key_values.1.key" has element type 10',
  ],
  [
    'heads of unknown number',
    withInput('past_key_values.0.value', { dims: ['batch', 'heads', 'past', 8] }),
    '"past_key_values.0.value" is not of shape',
  ],
  [
    'layers of different shape',
    withInput('past_key_values.1.value', { dims: ['batch', 1, 'past', 16] }),
    '"past_key_values.1.value" has another shape',
  ],
  [
    'an input nobody knows',
    { ...graph, inputs: [...graph.inputs, { name: 'pixels', elementType: 1, dims: [] }] },
    '"pixels"',
  ],
  [
    'no logits',
    { ...graph, outputs: graph.outputs.filter(({ name }) => name !== 'logits') },
    'it has no output "logits"',
  ],
  ['an old operator set', { ...graph, opset: 12 }, 'its operator set 12 is older than 13'],
  ['an endless loop', { ...graph, operators: new Set([':Loop']) }, 'control-flow operator "Loop"'],
];

describe('readDecoderSignature', () => {
  it.each(reasons)('says what does not fit: %s', (_, changed, message) => {
    expect(() => readDecoderSignature(changed)).toThrow(expect.objectContaining({ code: 'model-unsupported' }));
    expect(() => readDecoderSignature(changed)).toThrow(message);
  });

  it('takes a graph without attention mask, positions and choice of logits', () => {
    const bare = graph.inputs.filter(({ name }) => name === 'input_ids' || name.startsWith('past_key_values'));
    expect(readDecoderSignature({ ...graph, inputs: bare })).toMatchObject({
      hasAttentionMask: false,
      hasPositionIds: false,
      logitsToKeepDims: undefined,
    });
  });
});

describe('readOnnxGraph', () => {
  it('answers damaged bytes with a graph or an error that says so, and with nothing else', () => {
    const edits = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(edits, fc.nat(bytes.length), (changes, length) => {
        const damaged = Uint8Array.from(bytes);
        for (const [at, value] of changes) damaged[at] = value;
        try {
          readDecoderSignature(readOnnxGraph(damaged.subarray(0, length)));
        } catch (error) {
          expect(GlassboxError.is(error)).toBe(true);
        }
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  it('steps over the weights', () => {
    const before = process.memoryUsage().arrayBuffers;
    const graphs = Array.from({ length: 20 }, () => readOnnxGraph(bytes));
    expect(graphs).toHaveLength(20);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(bytes.length * 5);
  });
});
