import protobuf from 'protobufjs/light.js';
import { decodeNode, decodeValueInfo, type Node } from './onnxSchema.js';

/** Field numbers of `onnx.proto3`. */
const field = { modelGraph: 7, graphNode: 1, graphOutput: 12 } as const;
const lengthDelimited = 2;

/** What to leave out of a graph. */
export interface GraphCuts {
  readonly dropsNode: (node: Node) => boolean;
  /** Told the name of each graph output. */
  readonly dropsOutput: (name: string) => boolean;
}

type Range = readonly [start: number, end: number];

/**
 * An ONNX file without some nodes and outputs of its main graph. Works on the encoded bytes and copies everything else
 * as it is: decoding and encoding the whole message would cost more than loading the model, and lose what the schema
 * here does not name, the weights first of all.
 */
export function pruneGraph(bytes: Uint8Array, cuts: GraphCuts): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (const { number, whole, content } of fieldsOf(bytes, [0, bytes.length])) {
    if (number !== field.modelGraph || content === undefined) {
      pieces.push(bytes.subarray(...whole));
      continue;
    }
    const kept = [...fieldsOf(bytes, content)].filter((entry) => !isCut(bytes, entry, cuts));
    const length = kept.reduce((sum, entry) => sum + entry.whole[1] - entry.whole[0], 0);
    pieces.push(header(field.modelGraph, length), ...kept.map((entry) => bytes.subarray(...entry.whole)));
  }
  return concatenate(pieces);
}

/** The bytes of all pieces in one array. */
export function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    joined.set(piece, offset);
    offset += piece.length;
  }
  return joined;
}

interface EncodedField {
  readonly number: number;
  /** Tag included. */
  readonly whole: Range;
  /** Of a length-delimited field, without tag and length. */
  readonly content: Range | undefined;
}

function* fieldsOf(bytes: Uint8Array, [start, end]: Range): Generator<EncodedField> {
  const reader = protobuf.Reader.create(bytes);
  reader.pos = start;
  while (reader.pos < end) {
    const fieldStart = reader.pos;
    const tag = reader.uint32();
    let content: Range | undefined;
    if ((tag & 7) === lengthDelimited) {
      const length = reader.uint32();
      content = [reader.pos, reader.pos + length];
      reader.skip(length);
    } else {
      reader.skipType(tag & 7);
    }
    yield { number: tag >>> 3, whole: [fieldStart, reader.pos], content };
  }
}

function isCut(bytes: Uint8Array, { number, content }: EncodedField, cuts: GraphCuts): boolean {
  if (content === undefined) return false;
  if (number === field.graphNode) return cuts.dropsNode(decodeNode(bytes.subarray(...content)));
  if (number === field.graphOutput) return cuts.dropsOutput(decodeValueInfo(bytes.subarray(...content)).name ?? '');
  return false;
}

function header(number: number, length: number): Uint8Array {
  return protobuf.Writer.create()
    .uint32((number << 3) | lengthDelimited)
    .uint32(length)
    .finish();
}
