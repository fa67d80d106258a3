import { GlassboxError } from '../../core/errors.js';
import {
  decodeModel,
  toNumber,
  type Attribute,
  type Graph,
  type Model,
  type Node,
  type Tensor,
  type ValueInfo,
} from './onnxSchema.js';

/** A graph input or output: its element type (`TensorProto.DataType`) and dimensions; a dynamic one is its name or `''`. */
export interface GraphValue {
  readonly name: string;
  readonly elementType: number;
  readonly dims: readonly (number | string)[];
}

/** What the engine wants to know of an ONNX file. */
export interface OnnxGraph {
  /** Version of the default operator set; 0 when the file imports none. */
  readonly opset: number;
  /** Inputs that must be fed; initializers that old exporters also list as inputs are left out. */
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  /** Names of all values, so that added ones can be given names of their own. */
  readonly valueNames: ReadonlySet<string>;
  /** Operator types that occur anywhere, subgraphs included, as `domain:type` (`:type` for the default domain). */
  readonly operators: ReadonlySet<string>;
  /** `location` of every tensor whose contents are in another file, as the file writes it. */
  readonly externalLocations: ReadonlySet<string>;
}

/**
 * Reads the structure of an ONNX file, without its weights.
 *
 * @throws GlassboxError `model-load-failed` when the bytes are not an ONNX model.
 */
export function readOnnxGraph(bytes: Uint8Array): OnnxGraph {
  const model = decode(bytes);
  const graph = model.graph;
  if (graph?.output === undefined || graph.output.length === 0) {
    throw new GlassboxError('model-load-failed', 'The ONNX file holds no graph.', { action: reinstall });
  }
  const contents = new ContentsCollector();
  contents.addGraph(graph);
  for (const body of model.functions ?? []) contents.addNodes(body.node ?? []);
  const initializers = new Set((graph.initializer ?? []).map((tensor) => tensor.name));
  return {
    opset: defaultOpset(model),
    inputs: (graph.input ?? []).map(toGraphValue).filter(({ name }) => !initializers.has(name)),
    outputs: graph.output.map(toGraphValue),
    valueNames: contents.valueNames,
    operators: contents.operators,
    externalLocations: contents.externalLocations,
  };
}

const reinstall = 'Copy the model folder again from where it came from.';

function decode(bytes: Uint8Array): Model {
  try {
    return decodeModel(bytes);
  } catch (error) {
    throw new GlassboxError('model-load-failed', 'The ONNX file is damaged: it cannot be read as protobuf.', {
      action: reinstall,
      cause: error,
    });
  }
}

function defaultOpset(model: Model): number {
  const entry = model.opsetImport?.find(({ domain }) => domain === undefined || domain === '' || domain === 'ai.onnx');
  return toNumber(entry?.version);
}

function toGraphValue(value: ValueInfo): GraphValue {
  const tensor = value.type?.tensorType;
  const dims = tensor?.shape?.dim ?? [];
  return {
    name: value.name ?? '',
    elementType: tensor?.elemType ?? 0,
    dims: dims.map((dim) => (dim.dimValue === undefined ? (dim.dimParam ?? '') : toNumber(dim.dimValue))),
  };
}

/** Walks a graph with all subgraphs and tensor attributes, since each of them may name a file or an operator. */
class ContentsCollector {
  readonly valueNames = new Set<string>();
  readonly operators = new Set<string>();
  readonly externalLocations = new Set<string>();

  addGraph(graph: Graph): void {
    for (const value of graph.input ?? []) this.valueNames.add(value.name ?? '');
    for (const tensor of graph.initializer ?? []) this.#addTensor(tensor);
    for (const sparse of graph.sparseInitializer ?? []) this.#addTensors([sparse.values, sparse.indices]);
    this.addNodes(graph.node ?? []);
  }

  addNodes(nodes: readonly Node[]): void {
    for (const node of nodes) {
      this.operators.add(`${node.domain === 'ai.onnx' ? '' : (node.domain ?? '')}:${node.opType ?? ''}`);
      for (const name of node.output ?? []) this.valueNames.add(name);
      for (const attribute of node.attribute ?? []) this.#addAttribute(attribute);
    }
  }

  #addAttribute({ t, g, tensors = [], graphs = [], sparseTensor, sparseTensors = [] }: Attribute): void {
    this.#addTensors([t, ...tensors]);
    for (const sparse of [sparseTensor, ...sparseTensors]) this.#addTensors([sparse?.values, sparse?.indices]);
    for (const graph of [g, ...graphs]) if (graph !== undefined) this.addGraph(graph);
  }

  #addTensors(tensors: readonly (Tensor | undefined)[]): void {
    for (const tensor of tensors) if (tensor !== undefined) this.#addTensor(tensor);
  }

  #addTensor(tensor: Tensor): void {
    if (tensor.name !== undefined) this.valueNames.add(tensor.name);
    for (const { key, value = '' } of tensor.externalData ?? []) {
      if (key === 'location') this.externalLocations.add(value);
    }
  }
}
