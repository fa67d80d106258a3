import { encodeUtf8 } from '../text/utf8.js';
import type { TokenTable } from './tokenTable.js';

/** Where the tokens of a word end, see `EncodedWord`. */
interface TokenEnds {
  readonly ends: readonly number[];
  readonly partialBytes: readonly number[];
}

/**
 * Finds each token in the word it came from. Known tokens stand there as they are written (WordPiece without the
 * prefix of continuations); characters that no token covers belong to the token after them. An unknown token covers
 * the raw text it came back as, or else all up to where the next known token stands, or the rest of the word. A
 * byte-fallback token covers one byte of its character.
 */
export function alignTokens(
  word: string,
  names: readonly string[],
  ids: readonly number[],
  table: TokenTable,
  unknownId: number | undefined,
): TokenEnds {
  const pieces = names.map((name, index) => (index > 0 ? table.withoutContinuationPrefix(name) : name));
  const ends: number[] = [];
  const partialBytes: number[] = [];
  let end = 0;
  let partial = 0;
  pieces.forEach((piece, index) => {
    const found = word.startsWith(piece, end) ? end : -1;
    if (found < 0 && table.isByteFallback(ids[index] ?? -1)) {
      partial++;
      const length = (word.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
      if (partial >= encodeUtf8(word.slice(end, end + length)).length) {
        end += length;
        partial = 0;
      }
    } else {
      partial = 0;
      if (found >= 0) end += piece.length;
      else if (ids[index] === unknownId) end = endOfUnknown(word, pieces, ids, index, end, unknownId);
      else {
        const later = word.indexOf(piece, end);
        if (later >= 0) end = later + piece.length;
      }
    }
    ends.push(end);
    partialBytes.push(partial);
  });
  return { ends, partialBytes };
}

/** Where the unknown stretch that begins at `start` ends: where the next known token stands, or at the end of the word. */
function endOfUnknown(
  word: string,
  pieces: readonly string[],
  ids: readonly number[],
  index: number,
  start: number,
  unknownId: number | undefined,
): number {
  const next = ids.findIndex((id, later) => later > index && id !== unknownId);
  if (next < 0) return index === ids.length - 1 ? word.length : start + characterLength(word, start);
  const known = word.indexOf(pieces[next] ?? '', start + 1);
  return known < 0 || next > index + 1 ? start + characterLength(word, start) : known;
}

/** Length of the character at an offset, in UTF-16 units. */
function characterLength(word: string, offset: number): number {
  return (word.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
}
