import type { DecoderSignature } from './decoderSignature.js';
import type { OnnxGraph } from './onnxGraph.js';
import { elementType, encodeModel, type Graph, type Node } from './onnxSchema.js';

/** A graph with additional outputs for the rows that a run adds to the cache. */
export interface NewRowsGraph {
  readonly bytes: Uint8Array;
  /** Per layer: outputs of shape [1, kvHeads, new positions, headDim]. */
  readonly layers: readonly { readonly newKey: string; readonly newValue: string }[];
}

/**
 * Gives a decoder outputs that hold only the *new* rows of keys and values.
 *
 * A stock decoder returns the whole cache, old rows included, after every step; copying it out of ONNX Runtime costs
 * more than the step itself in small models. Here `Slice(present, -newPositions, end, axis 2)` is added per cache tensor,
 * whatever operator made `present` (a plain `Concat`, GroupQueryAttention, MultiHeadAttention). Nothing of the file is
 * rewritten: a protobuf message followed by another of its type is that message with the fields merged and the
 * repeated ones appended (protobuf.dev/programming-guides/encoding, "Last One Wins"), so the few hundred new bytes go at
 * the end. The stock outputs stay; ONNX Runtime does not copy outputs that are not asked for.
 */
export function withNewRows(bytes: Uint8Array, graph: OnnxGraph, signature: DecoderSignature): NewRowsGraph {
  const prefix = unusedPrefix(graph);
  const name = (suffix: string): string => `${prefix}${suffix}`;
  const layers = signature.layers.map((_, index) => ({
    newKey: name(`${index}.key`),
    newValue: name(`${index}.value`),
  }));
  const slice = (present: string, output: string): Node => ({
    opType: 'Slice',
    name: `${output}.slice`,
    input: [present, name('start'), name('end'), name('axis')],
    output: [output],
  });
  const addition: Graph = {
    node: [
      { opType: 'Shape', name: name('shape.node'), input: ['input_ids'], output: [name('shape')] },
      { opType: 'Gather', name: name('count.node'), input: [name('shape'), name('one')], output: [name('count')] },
      { opType: 'Neg', name: name('start.node'), input: [name('count')], output: [name('start')] },
      ...signature.layers.flatMap((layer, index) => [
        slice(layer.presentKey, layers[index]!.newKey),
        slice(layer.presentValue, layers[index]!.newValue),
      ]),
    ],
    initializer: [int64Vector(name('one'), 1), int64Vector(name('end'), 2 ** 31), int64Vector(name('axis'), 2)],
    output: layers.flatMap(({ newKey, newValue }) =>
      [newKey, newValue].map((output) => cacheOutput(output, signature)),
    ),
  };
  const addedBytes = encodeModel({ graph: addition });
  const merged = new Uint8Array(bytes.length + addedBytes.length);
  merged.set(bytes);
  merged.set(addedBytes, bytes.length);
  return { bytes: merged, layers };
}

function unusedPrefix(graph: OnnxGraph): string {
  let prefix = 'glassbox.new.';
  while ([...graph.valueNames].some((value) => value.startsWith(prefix))) prefix += '_.';
  return prefix;
}

function int64Vector(name: string, value: number): NonNullable<Graph['initializer']>[number] {
  return { name, dims: [1], dataType: elementType.int64, int64Data: [value] };
}

function cacheOutput(name: string, { kvHeads, headDim }: DecoderSignature): NonNullable<Graph['output']>[number] {
  const dim = [
    { dimParam: 'batch_size' },
    { dimValue: kvHeads },
    { dimParam: 'sequence_length' },
    { dimValue: headDim },
  ];
  return { name, type: { tensorType: { elemType: elementType.float32, shape: { dim } } } };
}
