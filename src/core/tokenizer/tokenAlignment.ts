import { encodeUtf8 } from '../text/utf8.js';
import type { TokenTable } from './tokenTable.js';

/** Where the tokens of a word end; see `EncodedWord` for the units. */
interface TokenEnds {
  readonly ends: readonly number[];
  readonly partialBytes: readonly number[];
}

/**
 * Finds each token in the word it came from. Known tokens stand there as they are written (WordPiece without the
 * prefix of continuations); characters that no token covers belong to the token after them. An unknown token covers
 * the raw text it came back as, or else all up to where the next token stands, or the rest of the word. A byte-fallback
 * token covers one byte of its character.
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
  for (const [index, piece] of pieces.entries()) {
    const id = ids[index]!;
    if (word.startsWith(piece, end)) {
      end += piece.length;
      partial = 0;
    } else if (table.isByteFallback(id)) {
      partial++;
      const character = characterAt(word, end);
      if (partial >= encodeUtf8(character).length) {
        end += character.length;
        partial = 0;
      }
    } else if (id === unknownId) {
      end = endOfUnknown(word, end, pieces[index + 1]);
    } else {
      const later = word.indexOf(piece, end);
      if (later >= 0) end = later + piece.length;
    }
    ends.push(end);
    partialBytes.push(partial);
  }
  return { ends, partialBytes };
}

/** Where unknown text ends: where the next piece stands, after one character when it is not found, or with the word. */
function endOfUnknown(word: string, start: number, nextPiece: string | undefined): number {
  if (nextPiece === undefined) return word.length;
  const oneCharacter = start + characterAt(word, start).length;
  const next = word.indexOf(nextPiece, oneCharacter);
  return next < 0 ? oneCharacter : next;
}

function characterAt(word: string, offset: number): string {
  const code = word.codePointAt(offset);
  return code === undefined ? '' : String.fromCodePoint(code);
}
