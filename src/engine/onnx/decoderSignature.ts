import { GlassboxError } from '../../core/errors.js';
import type { GraphValue, OnnxGraph } from './onnxGraph.js';
import { elementType } from './onnxSchema.js';

/** One layer's cache tensors, each of shape [1, kvHeads, length, headDim]. */
export interface LayerCacheNames {
  readonly pastKey: string;
  readonly pastValue: string;
  readonly presentKey: string;
  readonly presentValue: string;
}

/** How a decoder is fed and read, learned from its own inputs and outputs (transformers.js layout). */
export interface DecoderSignature {
  /** In layer order. */
  readonly layers: readonly LayerCacheNames[];
  readonly kvHeads: number;
  readonly headDim: number;
  /** Name of the output [1, positions, vocabulary]. */
  readonly logits: string;
  /** Size of the last logits dimension; undefined when the file leaves it open. */
  readonly vocabularySize: number | undefined;
  readonly hasAttentionMask: boolean;
  readonly hasPositionIds: boolean;
  /** Shape of the input that asks for the logits of the last positions only; undefined when there is no such input. */
  readonly logitsToKeepDims: readonly number[] | undefined;
}

/** Loops: a decoder does not need them, and by one a file could keep a run from ever ending. */
const refusedOperators = [':Loop', ':Scan'];

/** Oldest operator set whose `LogSoftmax` works on the last dimension by default, which graph surgery relies on. */
const oldestOpset = 13;

/**
 * Learns the signature of a decoder.
 *
 * @throws GlassboxError `model-unsupported` that names the input or output which does not fit.
 */
export function readDecoderSignature(graph: OnnxGraph): DecoderSignature {
  const refused = refusedOperators.find((operator) => graph.operators.has(operator));
  if (refused !== undefined) throw unsupported(`it uses the control-flow operator "${refused.slice(1)}"`);
  if (graph.opset < oldestOpset) throw unsupported(`its operator set ${graph.opset} is older than ${oldestOpset}`);
  const inputs = new Map(graph.inputs.map((value) => [value.name, value]));
  const outputs = new Map(graph.outputs.map((value) => [value.name, value]));
  requireType(inputs, 'input_ids', elementType.int64, 'input');
  const logits = requireType(outputs, 'logits', elementType.float32, 'output');
  const layers = readLayers(inputs, outputs);
  const known = new Set(['input_ids', 'attention_mask', 'position_ids', 'num_logits_to_keep']);
  for (const layer of layers) known.add(layer.pastKey).add(layer.pastValue);
  for (const name of inputs.keys()) if (!known.has(name)) throw unsupported(`it has the unknown input "${name}"`);
  for (const name of ['attention_mask', 'position_ids', 'num_logits_to_keep']) {
    if (inputs.has(name)) requireType(inputs, name, elementType.int64, 'input');
  }
  const vocabularySize = logits.dims.at(-1);
  return {
    layers,
    ...cacheShape(inputs, layers),
    logits: logits.name,
    vocabularySize: typeof vocabularySize === 'number' ? vocabularySize : undefined,
    hasAttentionMask: inputs.has('attention_mask'),
    hasPositionIds: inputs.has('position_ids'),
    logitsToKeepDims: inputs.get('num_logits_to_keep')?.dims.map(() => 1),
  };
}

function readLayers(
  inputs: ReadonlyMap<string, GraphValue>,
  outputs: ReadonlyMap<string, GraphValue>,
): LayerCacheNames[] {
  const layers: LayerCacheNames[] = [];
  while (inputs.has(`past_key_values.${layers.length}.key`)) {
    const index = layers.length;
    const layer = {
      pastKey: `past_key_values.${index}.key`,
      pastValue: `past_key_values.${index}.value`,
      presentKey: `present.${index}.key`,
      presentValue: `present.${index}.value`,
    };
    for (const name of [layer.pastKey, layer.pastValue]) requireType(inputs, name, elementType.float32, 'input');
    for (const name of [layer.presentKey, layer.presentValue])
      requireType(outputs, name, elementType.float32, 'output');
    layers.push(layer);
  }
  if (layers.length === 0)
    throw unsupported('it has no input "past_key_values.0.key": it was exported without KV cache');
  return layers;
}

function cacheShape(
  inputs: ReadonlyMap<string, GraphValue>,
  layers: readonly LayerCacheNames[],
): { kvHeads: number; headDim: number } {
  let shape: { kvHeads: number; headDim: number } | undefined;
  for (const name of layers.flatMap((layer) => [layer.pastKey, layer.pastValue])) {
    const [, kvHeads, , headDim, ...rest] = inputs.get(name)?.dims ?? [];
    if (typeof kvHeads !== 'number' || typeof headDim !== 'number' || rest.length > 0) {
      throw unsupported(`its input "${name}" is not of shape [batch, heads, length, size] with fixed heads and size`);
    }
    shape ??= { kvHeads, headDim };
    if (shape.kvHeads !== kvHeads || shape.headDim !== headDim) {
      throw unsupported(`its input "${name}" has another shape than "${layers[0]!.pastKey}"`);
    }
  }
  return shape!;
}

function requireType(
  values: ReadonlyMap<string, GraphValue>,
  name: string,
  expected: number,
  role: 'input' | 'output',
): GraphValue {
  const value = values.get(name);
  if (value === undefined) throw unsupported(`it has no ${role} "${name}"`);
  if (value.elementType !== expected) {
    throw unsupported(`its ${role} "${name}" has element type ${value.elementType}, not ${expected}`);
  }
  return value;
}

function unsupported(reason: string): GlassboxError {
  return new GlassboxError('model-unsupported', `The ONNX file is not a decoder that Glassbox can run: ${reason}.`, {
    action: 'Export it in the transformers.js layout (text-generation-with-past), float32 inputs and outputs.',
  });
}
