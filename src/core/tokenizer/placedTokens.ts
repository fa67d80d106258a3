import { LruMap } from '../flow/lruMap.js';
import { SegmentedEncoder } from '../prompt/segmentedEncoder.js';
import { encodeUtf8 } from '../text/utf8.js';
import type { TextTokenizer } from './textTokenizer.js';

/** Tokens of a text with their exact places, in columns. They tile the text: each starts where the one before ends. */
export interface PlacedTokens {
  readonly ids: Uint32Array;
  /** UTF-16 offsets. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** UTF-8 byte offsets. */
  readonly byteStarts: Uint32Array;
  readonly byteEnds: Uint32Array;
}

/** Ids of a piece of text with the ends of its tokens, counted from the piece's start. */
interface PlacedPiece {
  /** Of the text, in UTF-16 units and in bytes. */
  readonly length: number;
  readonly byteLength: number;
  readonly ids: readonly number[];
  readonly ends: readonly number[];
  readonly byteEnds: readonly number[];
}

/** Pieces that are remembered: those of a file of ten thousand lines, some megabytes. */
const rememberedPieces = 16_384;

/** New pieces that are divided into tokens before others get their turn: some milliseconds. */
const piecesPerTurn = 64;

/**
 * Divides texts into tokens with their places, and remembers the pieces, so that after an edit only the lines that changed
 * are divided again. The tokens are those of `TextTokenizer.spans`; see {@link SegmentedEncoder} for why pieces may be
 * encoded on their own.
 */
export class PlacedEncoder {
  readonly #tokenizer: TextTokenizer;
  readonly #encoder: SegmentedEncoder;
  readonly #pieces = new LruMap<string, PlacedPiece>(rememberedPieces);

  constructor(tokenizer: TextTokenizer) {
    this.#tokenizer = tokenizer;
    this.#encoder = new SegmentedEncoder((text) => tokenizer.encode(text));
  }

  /** @param giveWay called now and then during a long text; what it throws ends the work. */
  async encode(text: string, giveWay: () => Promise<void>): Promise<PlacedTokens> {
    const pieces: PlacedPiece[] = [];
    let unknown = 0;
    for (const segment of this.#encoder.split(text)) {
      const known = this.#pieces.get(segment);
      if (known === undefined && ++unknown % piecesPerTurn === 0) await giveWay();
      pieces.push(known ?? this.#place(segment));
    }
    return join(pieces);
  }

  #place(segment: string): PlacedPiece {
    const spans = this.#tokenizer.spans(segment);
    const piece = {
      length: segment.length,
      byteLength: encodeUtf8(segment).length,
      ids: spans.map(({ id }) => id),
      ends: spans.map(({ end }) => end),
      byteEnds: spans.map(({ byteEnd }) => byteEnd),
    };
    this.#pieces.set(segment, piece);
    return piece;
  }
}

function join(pieces: readonly PlacedPiece[]): PlacedTokens {
  const count = pieces.reduce((sum, { ids }) => sum + ids.length, 0);
  const column = (): Uint32Array => new Uint32Array(count);
  const tokens = { ids: column(), starts: column(), ends: column(), byteStarts: column(), byteEnds: column() };
  let index = 0;
  let [offset, byteOffset, end, byteEnd] = [0, 0, 0, 0];
  for (const piece of pieces) {
    for (const [place, id] of piece.ids.entries()) {
      tokens.ids[index] = id;
      tokens.starts[index] = end;
      tokens.byteStarts[index] = byteEnd;
      end = offset + piece.ends[place]!;
      byteEnd = byteOffset + piece.byteEnds[place]!;
      tokens.ends[index] = end;
      tokens.byteEnds[index] = byteEnd;
      index++;
    }
    offset += piece.length;
    byteOffset += piece.byteLength;
  }
  return tokens;
}
