import { GlassboxError } from '../../core/errors.js';
import type { GraphValue, OnnxGraph } from './onnxGraph.js';
import { elementType } from './onnxSchema.js';

/** How an encoder is fed and read, learned from its own inputs and outputs (transformers.js layout). */
export interface EncoderSignature {
  readonly hasAttentionMask: boolean;
  readonly hasTokenTypeIds: boolean;
  /** The output that becomes the embedding: one vector of a text, or one of each token, of which the mean is taken. */
  readonly output: { readonly name: string; readonly kind: 'text' | 'tokens' };
  /** Numbers of a vector. */
  readonly dimensions: number;
}

/** Loops: an encoder does not need them, and by one a file could keep a run from ever ending. */
const refusedOperators = [':Loop', ':Scan'];
const knownInputs = ['input_ids', 'attention_mask', 'token_type_ids'];
const outputKinds = [
  { name: 'sentence_embedding', kind: 'text', rank: 2 },
  { name: 'last_hidden_state', kind: 'tokens', rank: 3 },
] as const;

/**
 * Learns the signature of an encoder.
 *
 * @throws GlassboxError `model-unsupported` that names the input or output which does not fit.
 */
export function readEncoderSignature(graph: OnnxGraph): EncoderSignature {
  const refused = refusedOperators.find((operator) => graph.operators.has(operator));
  if (refused !== undefined) throw unsupported(`it uses the control-flow operator "${refused.slice(1)}"`);
  const inputs = new Map(graph.inputs.map((value) => [value.name, value]));
  if (!inputs.has('input_ids')) throw unsupported('it has no input "input_ids"');
  for (const { name, elementType: type } of inputs.values()) {
    if (!knownInputs.includes(name)) throw unsupported(`it has the unknown input "${name}"`);
    if (type !== elementType.int64) throw unsupported(`its input "${name}" is not of whole numbers (int64)`);
  }
  const found = outputKinds.flatMap((kind) => {
    const value = graph.outputs.find(({ name }) => name === kind.name);
    return value === undefined ? [] : [{ ...kind, value }];
  })[0];
  if (found === undefined) throw unsupported('it has neither an output "sentence_embedding" nor "last_hidden_state"');
  return {
    hasAttentionMask: inputs.has('attention_mask'),
    hasTokenTypeIds: inputs.has('token_type_ids'),
    output: { name: found.name, kind: found.kind },
    dimensions: dimensionsOf(found.value, found.rank),
  };
}

function dimensionsOf({ name, elementType: type, dims }: GraphValue, rank: number): number {
  const last = dims.at(-1);
  if (type === elementType.float32 && dims.length === rank && typeof last === 'number') return last;
  throw unsupported(`its output "${name}" is not float32 of ${rank} dimensions with a fixed last one`);
}

function unsupported(reason: string): GlassboxError {
  return new GlassboxError('model-unsupported', `The ONNX file is not an encoder that Glassbox can run: ${reason}.`, {
    action: 'Export it in the transformers.js layout (feature-extraction), float32 outputs.',
  });
}
