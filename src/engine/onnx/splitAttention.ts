import type { DecoderSignature, LayerCacheNames } from './decoderSignature.js';
import { concatenate, pruneGraph } from './graphPruning.js';
import {
  attributeType,
  decodeModel,
  encodeModel,
  toNumber,
  type Attribute,
  type Model,
  type Node,
} from './onnxSchema.js';

/** A layer's attention as exporters of plain graphs write it: cache and new rows are joined, then read as one. */
interface JoinedAttention {
  readonly cache: LayerCacheNames;
  /** [1, kvHeads, new positions, headDim] each. */
  readonly newKey: string;
  readonly newValue: string;
  /** `Concat(pastKey, newKey)`, `Transpose` of it, `MatMul(query, ...)` to the scores. */
  readonly joinKey: Node;
  readonly transposeKey: Node;
  readonly scores: Node;
  /** `Concat(pastValue, newValue)` and `MatMul(weights, ...)`. */
  readonly joinValue: Node;
  readonly mix: Node;
}

/** A graph whose attention reads cache and new rows apart. */
export interface SplitAttention {
  readonly bytes: Uint8Array;
  /** Per layer the values that hold the new rows; they are graph outputs now. */
  readonly newRows: readonly { readonly key: string; readonly value: string }[];
}

/** Oldest operator set whose `Shape` takes a part of the dimensions. */
const oldestOpset = 15;

/**
 * Lets attention read the cache where it lies. A stock graph first joins the cached and the new rows of every layer, that
 * is, it copies the whole cache at every step, which in a small model is a quarter of the step. The scores of a query are
 * the scores against the cached keys followed by those against the new ones, and the weighted sum of the values is the
 * sum of two; so the copy is not needed. The `present.*` outputs, and with them the copies, are removed.
 *
 * @param name makes a name that no value of the graph has.
 * @returns undefined when any layer is not written in the plain way (fused operators, other consumers of the cache).
 */
export function splitAttention(
  bytes: Uint8Array,
  opset: number,
  { layers }: DecoderSignature,
  name: (suffix: string) => string,
): SplitAttention | undefined {
  if (opset < oldestOpset) return undefined;
  const graph = new GraphIndex(decodeModel(bytes));
  if (!graph.isFlat) return undefined;
  const found = layers.map((cache) => findJoinedAttention(cache, graph));
  const joined = found.filter((attention) => attention !== undefined);
  if (joined.length < layers.length) return undefined;
  const dropped = new Set(
    joined.flatMap(({ joinKey, transposeKey, scores, joinValue, mix }) =>
      [joinKey, transposeKey, scores, joinValue, mix].map((node) => node.output?.[0]),
    ),
  );
  const presents = new Set(layers.flatMap(({ presentKey, presentValue }) => [presentKey, presentValue]));
  const pruned = pruneGraph(bytes, {
    dropsNode: (node) => dropped.has(node.output?.[0]),
    dropsOutput: (output) => presents.has(output),
  });
  return {
    bytes: concatenate([pruned, encodeModel(addition(joined, name))]),
    newRows: joined.map(({ newKey, newValue }) => ({ key: newKey, value: newValue })),
  };
}

/** Who makes and who uses a value. */
class GraphIndex {
  /** False when nodes hold graphs of their own, which may use any value. */
  readonly isFlat: boolean;
  readonly #producers = new Map<string, Node>();
  readonly #consumers = new Map<string, Node[]>();
  readonly #outputs: ReadonlySet<string | undefined>;

  constructor({ graph = {} }: Model) {
    const nodes = graph.node ?? [];
    this.isFlat = nodes.every(({ attribute = [] }) =>
      attribute.every(({ g, graphs = [] }) => !g && graphs.length === 0),
    );
    this.#outputs = new Set(graph.output?.map((output) => output.name));
    for (const node of nodes) {
      for (const output of node.output ?? []) this.#producers.set(output, node);
      for (const input of node.input ?? []) {
        const known = this.#consumers.get(input);
        if (known === undefined) this.#consumers.set(input, [node]);
        else known.push(node);
      }
    }
  }

  producer(value: string): Node | undefined {
    return this.#producers.get(value);
  }

  /** The one node that uses a value; undefined when there are none or several. */
  onlyConsumer(value: string | undefined): Node | undefined {
    const consumers = value === undefined ? [] : (this.#consumers.get(value) ?? []);
    return consumers.length === 1 ? consumers[0] : undefined;
  }

  isOutput(value: string | undefined): boolean {
    return this.#outputs.has(value);
  }
}

function findJoinedAttention(cache: LayerCacheNames, graph: GraphIndex): JoinedAttention | undefined {
  const keys = findKeySide(cache, graph);
  const values = findValueSide(cache, graph);
  return keys && values && { cache, ...keys, ...values };
}

function findKeySide(
  { pastKey, presentKey }: LayerCacheNames,
  graph: GraphIndex,
): Pick<JoinedAttention, 'newKey' | 'joinKey' | 'transposeKey' | 'scores'> | undefined {
  const joinKey = graph.producer(presentKey);
  const newKey = joinedWith(pastKey, joinKey);
  const transposeKey = graph.onlyConsumer(presentKey);
  const transposed = transposeKey?.output?.[0];
  const scores = graph.onlyConsumer(transposed);
  if (!joinKey || newKey === undefined || !transposeKey || !scores || graph.isOutput(transposed)) return undefined;
  const isPlain = swapsLastTwo(transposeKey) && multipliesBy(scores, transposed);
  return isPlain ? { newKey, joinKey, transposeKey, scores } : undefined;
}

function findValueSide(
  { pastValue, presentValue }: LayerCacheNames,
  graph: GraphIndex,
): Pick<JoinedAttention, 'newValue' | 'joinValue' | 'mix'> | undefined {
  const joinValue = graph.producer(presentValue);
  const newValue = joinedWith(pastValue, joinValue);
  const mix = graph.onlyConsumer(presentValue);
  if (!joinValue || newValue === undefined || !mix) return undefined;
  return multipliesBy(mix, presentValue) ? { newValue, joinValue, mix } : undefined;
}

const lastTwoSwapped = [0, 1, 3, 2];
const lengthAxis = 2;

/** What a node appends to `past` along the length; undefined when it does anything else. */
function joinedWith(past: string, node: Node | undefined): string | undefined {
  const [first, second, ...more] = node?.input ?? [];
  const axis = toNumber(node?.attribute?.find((attribute) => attribute.name === 'axis')?.i);
  const isJoin = node?.opType === 'Concat' && first === past && more.length === 0;
  return isJoin && (axis === lengthAxis || axis === lengthAxis - lastTwoSwapped.length) ? second : undefined;
}

function multipliesBy(node: Node | undefined, second: string | undefined): boolean {
  return node?.opType === 'MatMul' && node.input?.[1] === second && node.input?.[0] !== second;
}

function swapsLastTwo({ opType, attribute = [] }: Node): boolean {
  const permutation = attribute.find(({ name }) => name === 'perm')?.ints ?? [];
  return opType === 'Transpose' && permutation.map(toNumber).join() === lastTwoSwapped.join();
}

/** What replaces the removed nodes, with the new rows as outputs. */
function addition(layers: readonly JoinedAttention[], name: (suffix: string) => string): Model {
  const [cached, added, lengths] = [name('cachedLength'), name('newLength'), name('lengths')];
  const lengthOf = (rows: string, output: string): Node => ({
    opType: 'Shape',
    name: `${output}.node`,
    input: [rows],
    output: [output],
    attribute: [integer('start', lengthAxis), integer('end', lengthAxis + 1)],
  });
  return {
    graph: {
      node: [
        lengthOf(layers[0]!.cache.pastValue, cached),
        lengthOf(layers[0]!.newValue, added),
        {
          opType: 'Concat',
          name: name('lengths.node'),
          input: [cached, added],
          output: [lengths],
          attribute: [integer('axis', 0)],
        },
        ...layers.flatMap((layer, index) => [
          ...splitScores(layer, (suffix) => name(`${index}.${suffix}`)),
          ...splitMix(layer, lengths, (suffix) => name(`${index}.${suffix}`)),
        ]),
      ],
    },
  };
}

/** `Concat(query x cached keys, query x new keys)`. */
function splitScores({ cache, newKey, scores }: JoinedAttention, name: (suffix: string) => string): Node[] {
  const [query = ''] = scores.input ?? [];
  const against = (keys: string, part: string): Node[] => [
    {
      opType: 'Transpose',
      name: name(`${part}.transpose`),
      input: [keys],
      output: [name(`${part}.transposed`)],
      attribute: [{ name: 'perm', type: attributeType.ints, ints: lastTwoSwapped }],
    },
    matMul(name(`${part}.scores`), query, name(`${part}.transposed`)),
  ];
  return [
    ...against(cache.pastKey, 'cached'),
    ...against(newKey, 'new'),
    {
      opType: 'Concat',
      name: name('scores.node'),
      input: [name('cached.scores'), name('new.scores')],
      output: [...(scores.output ?? [])],
      attribute: [integer('axis', -1)],
    },
  ];
}

/** `weights[cached] x cached values + weights[new] x new values`. */
function splitMix(
  { cache, newValue, mix }: JoinedAttention,
  lengths: string,
  name: (suffix: string) => string,
): Node[] {
  const [weights = ''] = mix.input ?? [];
  return [
    {
      opType: 'Split',
      name: name('weights.node'),
      input: [weights, lengths],
      output: [name('cached.weights'), name('new.weights')],
      attribute: [integer('axis', -1)],
    },
    matMul(name('cached.mix'), name('cached.weights'), cache.pastValue),
    matMul(name('new.mix'), name('new.weights'), newValue),
    {
      opType: 'Add',
      name: name('mix.node'),
      input: [name('cached.mix'), name('new.mix')],
      output: [...(mix.output ?? [])],
    },
  ];
}

function matMul(output: string, left: string, right: string): Node {
  return { opType: 'MatMul', name: `${output}.node`, input: [left, right], output: [output] };
}

function integer(name: string, i: number): Attribute {
  return { name, type: attributeType.int, i };
}
