import { decodeUtf8, encodeUtf8 } from './utf8.js';
import { sequenceLength } from './utf8Tail.js';

/**
 * A stretch of a token's bytes as people can see it. `text` shows itself; of `spaces` there are `count`; a `codePoint` has
 * no shape of its own (control, zero width, direction); a `byte` belongs to a character that other tokens hold the rest of.
 */
export type VisiblePiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'spaces'; readonly count: number }
  | { readonly kind: 'tab' | 'line-feed' | 'carriage-return' }
  | { readonly kind: 'codePoint'; readonly codePoint: number }
  | { readonly kind: 'byte'; readonly byte: number };

/** Controls, format characters (joiners, direction marks), line and paragraph separators, blanks that are not U+0020. */
const shapeless = /^[\p{Cc}\p{Cf}\p{Z}]$/u;

/** Cuts bytes into what can be seen, so that no two tokens are shown alike. */
export function visiblePieces(bytes: Uint8Array): readonly VisiblePiece[] {
  const pieces: VisiblePiece[] = [];
  for (let start = 0; start < bytes.length;) {
    const length = sequenceLength(bytes[start]!);
    const character = characterOf(bytes.subarray(start, start + length));
    append(pieces, character === undefined ? { kind: 'byte', byte: bytes[start]! } : pieceOf(character));
    start += character === undefined ? 1 : length;
  }
  return pieces;
}

/** The character that the bytes are, when they are exactly one. */
function characterOf(bytes: Uint8Array): string | undefined {
  const text = decodeUtf8(bytes);
  return isSame(encodeUtf8(text), bytes) ? text : undefined;
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

function pieceOf(character: string): VisiblePiece {
  switch (character) {
    case ' ':
      return { kind: 'spaces', count: 1 };
    case '\t':
      return { kind: 'tab' };
    case '\n':
      return { kind: 'line-feed' };
    case '\r':
      return { kind: 'carriage-return' };
    default:
      return shapeless.test(character)
        ? { kind: 'codePoint', codePoint: character.codePointAt(0)! }
        : { kind: 'text', text: character };
  }
}

/** Adds a piece, to the last one where both are text or both spaces. */
function append(pieces: VisiblePiece[], piece: VisiblePiece): void {
  const last = pieces.at(-1);
  if (last?.kind === 'text' && piece.kind === 'text') {
    pieces[pieces.length - 1] = { kind: 'text', text: last.text + piece.text };
  } else if (last?.kind === 'spaces' && piece.kind === 'spaces') {
    pieces[pieces.length - 1] = { kind: 'spaces', count: last.count + piece.count };
  } else {
    pieces.push(piece);
  }
}
