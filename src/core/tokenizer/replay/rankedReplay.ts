import { encodeUtf8 } from '../../text/utf8.js';
import { byteLevelForm } from '../byteAlphabet.js';
import type { RankedLibrary } from '../rankedLibrary.js';
import { TextSections } from '../textSections.js';
import type { AddedToken } from '../tokenizerFile.js';
import { BpeReplay } from './bpeReplay.js';
import { TokenizerReplay } from './tokenizerReplay.js';

/**
 * The replay of an encoding of tiktoken's kind.
 *
 * @param addedTokens those that are looked for
 * @param libraryIds what the replay is checked against
 */
export function createRankedReplay(
  library: RankedLibrary,
  addedTokens: readonly AddedToken[],
  libraryIds: (text: string) => readonly number[],
): TokenizerReplay {
  const { ids } = library;
  const rules = {
    symbolsOf: (word: string) => Array.from(word),
    rankOf: (left: string, right: string) => {
      const id = ids.get(left + right);
      return id === undefined ? -1 : library.mergeRankOf(id);
    },
    isTakenWhole: (word: string) => ids.has(word),
    piecesOf: (symbol: string) => [symbol],
  };
  return new TokenizerReplay({
    sections: new TextSections(addedTokens, null, null),
    stages: {
      normalization: [],
      preTokenization: [
        { component: 'Split', apply: (words) => words.flatMap((word) => library.split(word)) },
        { component: 'ByteLevel', apply: (words) => words.map((word) => byteLevelForm(encodeUtf8(word))) },
      ],
    },
    wordReplay: new BpeReplay(rules),
    ids: new Map([...ids, ...addedTokens.map(({ content, id }) => [content, id] as const)]),
    unknownId: undefined,
    fusesUnknown: false,
    libraryIds,
  });
}
