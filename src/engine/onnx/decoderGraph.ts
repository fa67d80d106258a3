import type { DecoderSignature } from './decoderSignature.js';
import type { OnnxGraph } from './onnxGraph.js';
import { concatenate } from './graphPruning.js';
import { elementType, encodeModel, type Node, type Tensor, type ValueInfo } from './onnxSchema.js';
import { splitAttention } from './splitAttention.js';

/** A decoder's graph with the outputs that decoding needs. */
export interface DecoderGraph {
  readonly bytes: Uint8Array;
  /** Output [1, positions, vocabulary]: natural logarithms of the next token's probabilities. */
  readonly logProbs: string;
  /** Per layer the rows that a run adds to the cache: [1, kvHeads, new positions, headDim] each. */
  readonly newRows: readonly { readonly key: string; readonly value: string }[];
}

/**
 * Gives a decoder two kinds of additional outputs.
 *
 * - Only the *new* rows of keys and values. A stock decoder returns the whole cache, old rows included, after every step;
 *   copying it out of ONNX Runtime costs more than the step itself in small models. Where the attention is written in the
 *   plain way, it is changed so that the whole cache is never made at all ({@link splitAttention}). Otherwise
 *   `Slice(present, -newPositions, end, axis 2)` works whatever operator made `present` (GroupQueryAttention, ...).
 * - `LogSoftmax(logits)`, since vectorised code does in microseconds what takes JavaScript a quarter of a small model's
 *   step. Choosing a token from log-probabilities is the same as from logits.
 *
 * What is added is appended: a protobuf message followed by another of its type is that message with repeated fields
 * joined (protobuf.dev/programming-guides/encoding, "Last One Wins"). Stock outputs that remain cost nothing; ONNX Runtime
 * does not copy outputs that are not asked for.
 */
export function toDecoderGraph(bytes: Uint8Array, graph: OnnxGraph, signature: DecoderSignature): DecoderGraph {
  const prefix = unusedPrefix(graph);
  const name = (suffix: string): string => `${prefix}${suffix}`;
  const logProbs = name('logProbs');
  const split = splitAttention(bytes, graph.opset, signature, name);
  const newRows =
    split?.newRows ??
    signature.layers.map((_, index) => ({ key: name(`${index}.key`), value: name(`${index}.value`) }));
  const added = encodeModel({
    graph: {
      node: [
        ...(split === undefined ? sliceNodes(signature, newRows, name) : []),
        { opType: 'LogSoftmax', name: name('logProbs.node'), input: [signature.logits], output: [logProbs] },
      ],
      initializer: split === undefined ? sliceConstants(name) : [],
      output: [
        ...newRows.flatMap(({ key, value }) => [cacheOutput(key, signature), cacheOutput(value, signature)]),
        floatOutput(logProbs, ['batch_size', 'logits_length', signature.vocabularySize ?? 'vocabulary']),
      ],
    },
  });
  return { bytes: concatenate([split?.bytes ?? bytes, added]), logProbs, newRows };
}

/** Cuts the new rows out of the stock cache outputs. */
function sliceNodes(
  { layers }: DecoderSignature,
  newRows: DecoderGraph['newRows'],
  name: (suffix: string) => string,
): Node[] {
  const slice = (present: string, output: string): Node => ({
    opType: 'Slice',
    name: `${output}.slice`,
    input: [present, name('start'), name('end'), name('axis')],
    output: [output],
  });
  return [
    { opType: 'Shape', name: name('shape.node'), input: ['input_ids'], output: [name('shape')] },
    { opType: 'Gather', name: name('count.node'), input: [name('shape'), name('one')], output: [name('count')] },
    { opType: 'Neg', name: name('start.node'), input: [name('count')], output: [name('start')] },
    ...layers.flatMap((layer, index) => [
      slice(layer.presentKey, newRows[index]!.key),
      slice(layer.presentValue, newRows[index]!.value),
    ]),
  ];
}

function sliceConstants(name: (suffix: string) => string): Tensor[] {
  return [int64Vector(name('one'), 1), int64Vector(name('end'), 2 ** 31), int64Vector(name('axis'), 2)];
}

function unusedPrefix(graph: OnnxGraph): string {
  let prefix = 'glassbox.';
  while ([...graph.valueNames].some((value) => value.startsWith(prefix))) prefix += '_.';
  return prefix;
}

function int64Vector(name: string, value: number): Tensor {
  return { name, dims: [1], dataType: elementType.int64, int64Data: [value] };
}

function cacheOutput(name: string, { kvHeads, headDim }: DecoderSignature): ValueInfo {
  return floatOutput(name, ['batch_size', kvHeads, 'sequence_length', headDim]);
}

function floatOutput(name: string, dims: readonly (number | string)[]): ValueInfo {
  const dim = dims.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: elementType.float32, shape: { dim } } } };
}
