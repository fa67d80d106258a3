import protobuf from 'protobufjs/light.js';

/**
 * The part of `onnx.proto3` (github.com/onnx/onnx, field numbers unchanged since IR version 3) that the engine reads and
 * writes. Fields that hold weights (`raw_data`, `float_data`, ...) are left out on purpose: the decoder then steps over
 * them, so that reading a graph costs no copy of the weights. Repeated `int64_data` is there for the few shape
 * constants that graph surgery appends.
 */
const descriptor: protobuf.INamespace = {
  nested: {
    ModelProto: {
      fields: {
        irVersion: { id: 1, type: 'int64' },
        graph: { id: 7, type: 'GraphProto' },
        opsetImport: { id: 8, type: 'OperatorSetIdProto', rule: 'repeated' },
        functions: { id: 25, type: 'FunctionProto', rule: 'repeated' },
      },
    },
    OperatorSetIdProto: { fields: { domain: { id: 1, type: 'string' }, version: { id: 2, type: 'int64' } } },
    FunctionProto: {
      fields: { name: { id: 1, type: 'string' }, node: { id: 7, type: 'NodeProto', rule: 'repeated' } },
    },
    GraphProto: {
      fields: {
        node: { id: 1, type: 'NodeProto', rule: 'repeated' },
        initializer: { id: 5, type: 'TensorProto', rule: 'repeated' },
        input: { id: 11, type: 'ValueInfoProto', rule: 'repeated' },
        output: { id: 12, type: 'ValueInfoProto', rule: 'repeated' },
        sparseInitializer: { id: 15, type: 'SparseTensorProto', rule: 'repeated' },
      },
    },
    NodeProto: {
      fields: {
        input: { id: 1, type: 'string', rule: 'repeated' },
        output: { id: 2, type: 'string', rule: 'repeated' },
        name: { id: 3, type: 'string' },
        opType: { id: 4, type: 'string' },
        attribute: { id: 5, type: 'AttributeProto', rule: 'repeated' },
        domain: { id: 7, type: 'string' },
      },
    },
    AttributeProto: {
      fields: {
        name: { id: 1, type: 'string' },
        i: { id: 3, type: 'int64' },
        t: { id: 5, type: 'TensorProto' },
        g: { id: 6, type: 'GraphProto' },
        ints: { id: 8, type: 'int64', rule: 'repeated' },
        tensors: { id: 10, type: 'TensorProto', rule: 'repeated' },
        graphs: { id: 11, type: 'GraphProto', rule: 'repeated' },
        type: { id: 20, type: 'int32' },
        sparseTensor: { id: 22, type: 'SparseTensorProto' },
        sparseTensors: { id: 23, type: 'SparseTensorProto', rule: 'repeated' },
      },
    },
    TensorProto: {
      fields: {
        dims: { id: 1, type: 'int64', rule: 'repeated' },
        dataType: { id: 2, type: 'int32' },
        int64Data: { id: 7, type: 'int64', rule: 'repeated' },
        name: { id: 8, type: 'string' },
        externalData: { id: 13, type: 'StringStringEntryProto', rule: 'repeated' },
      },
    },
    SparseTensorProto: { fields: { values: { id: 1, type: 'TensorProto' }, indices: { id: 2, type: 'TensorProto' } } },
    StringStringEntryProto: { fields: { key: { id: 1, type: 'string' }, value: { id: 2, type: 'string' } } },
    ValueInfoProto: { fields: { name: { id: 1, type: 'string' }, type: { id: 2, type: 'TypeProto' } } },
    TypeProto: { fields: { tensorType: { id: 1, type: 'TensorTypeProto' } } },
    TensorTypeProto: { fields: { elemType: { id: 1, type: 'int32' }, shape: { id: 2, type: 'TensorShapeProto' } } },
    TensorShapeProto: { fields: { dim: { id: 1, type: 'DimensionProto', rule: 'repeated' } } },
    DimensionProto: { fields: { dimValue: { id: 1, type: 'int64' }, dimParam: { id: 2, type: 'string' } } },
  },
};

/** `TensorProto.DataType` of the element types that a decoder's inputs and outputs have. */
export const elementType = { float32: 1, int64: 7, float16: 10 } as const;

/** `AttributeProto.AttributeType` of the attributes that graph surgery writes; a reader refuses one without. */
export const attributeType = { int: 2, ints: 7 } as const;

// Every field below may be missing: protobuf does not write one that has its default value.

/** A 64-bit integer as the protobuf library gives it: a `Long`, or a number when that library is not loaded. */
export type Int64 = number | { toNumber(): number };

/** `ValueInfoProto`: a named graph input or output with its element type and dimensions. */
export interface ValueInfo {
  readonly name?: string;
  readonly type?: {
    readonly tensorType?: {
      readonly elemType?: number;
      readonly shape?: { readonly dim: readonly { readonly dimValue?: Int64; readonly dimParam?: string }[] };
    };
  };
}

/** `TensorProto` without its contents. */
export interface Tensor {
  readonly name?: string;
  readonly dims?: readonly Int64[];
  readonly dataType?: number;
  readonly int64Data?: readonly Int64[];
  readonly externalData?: readonly { readonly key?: string; readonly value?: string }[];
}

/** `SparseTensorProto` without its contents. */
export interface SparseTensor {
  readonly values?: Tensor;
  readonly indices?: Tensor;
}

/** `AttributeProto`: what may carry tensors or graphs, and integers. */
export interface Attribute {
  readonly name?: string;
  /** One of {@link attributeType}, or another kind. */
  readonly type?: number;
  readonly i?: Int64;
  readonly ints?: readonly Int64[];
  readonly t?: Tensor;
  readonly g?: Graph;
  readonly tensors?: readonly Tensor[];
  readonly graphs?: readonly Graph[];
  readonly sparseTensor?: SparseTensor;
  readonly sparseTensors?: readonly SparseTensor[];
}

/** `NodeProto`: one operator. */
export interface Node {
  readonly input?: readonly string[];
  readonly output?: readonly string[];
  readonly name?: string;
  readonly opType?: string;
  readonly domain?: string;
  readonly attribute?: readonly Attribute[];
}

/** `GraphProto`. */
export interface Graph {
  readonly node?: readonly Node[];
  readonly initializer?: readonly Tensor[];
  readonly sparseInitializer?: readonly SparseTensor[];
  readonly input?: readonly ValueInfo[];
  readonly output?: readonly ValueInfo[];
}

/** `ModelProto`. */
export interface Model {
  readonly irVersion?: Int64;
  readonly graph?: Graph;
  readonly opsetImport?: readonly { readonly domain?: string; readonly version?: Int64 }[];
  readonly functions?: readonly { readonly name?: string; readonly node?: readonly Node[] }[];
}

const root = protobuf.Root.fromJSON(descriptor);
const modelType = root.lookupType('ModelProto');
const nodeType = root.lookupType('NodeProto');
const valueInfoType = root.lookupType('ValueInfoProto');

/**
 * Reads a model without its weights.
 *
 * @throws Error of the protobuf library when the bytes are no protobuf message (truncated, not ONNX, nested too deep).
 */
export function decodeModel(bytes: Uint8Array): Model {
  return modelType.toObject(modelType.decode(bytes), { arrays: true });
}

/** Reads one encoded `NodeProto`. */
export function decodeNode(bytes: Uint8Array): Node {
  return nodeType.toObject(nodeType.decode(bytes));
}

/** Reads one encoded `ValueInfoProto`. */
export function decodeValueInfo(bytes: Uint8Array): ValueInfo {
  return valueInfoType.toObject(valueInfoType.decode(bytes));
}

/** Writes a (partial) model. Concatenated to another model's bytes it is merged into that model, field by field. */
export function encodeModel(model: Model): Uint8Array {
  return modelType.encode(modelType.fromObject(model)).finish();
}

/** A protobuf 64-bit integer as a number; dimensions and versions are far below 2^53. */
export function toNumber(value: Int64 | undefined): number {
  if (value === undefined) return 0;
  return typeof value === 'number' ? value : value.toNumber();
}
