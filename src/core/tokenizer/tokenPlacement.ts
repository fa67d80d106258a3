import { encodeUtf8 } from '../text/utf8.js';
import { Utf8Offsets } from '../text/utf8Offsets.js';
import { byteAlphabet, byteLevelForm } from './byteAlphabet.js';
import type { TokenizerKind } from './tokenizerFile.js';
import type { WordEncoder } from './wordEncoder.js';
import { WordLocator } from './wordLocator.js';

/** A token and where it ends in the normalised text. */
export interface PlacedToken {
  readonly id: number;
  /** UTF-16 offset; of the start of a character of which only some bytes are covered. */
  readonly end: number;
  /** How many bytes of the character at `end` the tokens so far cover. */
  readonly partialBytes: number;
}

const blanks: Readonly<Record<TokenizerKind, string>> = {
  'byte-level': byteAlphabet[0x20] ?? ' ',
  metaspace: '\u2581',
  wordpiece: ' ',
};

/**
 * The tokens of the words that a pre-tokenizer made of a normalised text, in order, each with its end. An end may be
 * negative by one where a token is only a blank that the pre-tokenizer put in front.
 */
export function* placeTokens(
  text: string,
  words: readonly string[],
  encoder: WordEncoder,
  kind: TokenizerKind,
): Generator<PlacedToken> {
  const isByteLevel = kind === 'byte-level';
  const offsets = isByteLevel ? new Utf8Offsets(text) : undefined;
  const locator = new WordLocator(isByteLevel ? byteLevelForm(encodeUtf8(text)) : text, blanks[kind]);
  for (const word of words) {
    let start = locator.locate(word);
    for (const { part, tokens } of encoder.encode(word)) {
      for (let index = 0; index < tokens.ids.length; index++) {
        const id = tokens.ids[index]!;
        const end = start + tokens.ends[index]!;
        if (offsets === undefined) {
          yield { id, end, partialBytes: tokens.partialBytes[index]! };
        } else {
          const character = offsets.utf16At(end);
          yield { id, end: character, partialBytes: Math.max(end - offsets.byteAt(character), 0) };
        }
      }
      start += part.length;
    }
  }
}
