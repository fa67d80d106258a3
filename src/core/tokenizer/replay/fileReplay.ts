import { configuredNormalizer } from '../configuredNormalizer.js';
import { FileBpeRules } from '../fileBpeRules.js';
import { TextSections } from '../textSections.js';
import { tokenIds, type TokenizerFile } from '../tokenizerFile.js';
import type { TokenizerLibraryFactory } from '../tokenizerLibrary.js';
import { BpeReplay } from './bpeReplay.js';
import { TokenizerReplay } from './tokenizerReplay.js';
import { stagesOf } from './tokenizerStages.js';
import { UnigramReplay } from './unigramReplay.js';
import { WordPieceReplay } from './wordPieceReplay.js';
import type { WordReplay } from './wordReplay.js';

/**
 * The replay of a tokenizer of the Hugging Face format.
 *
 * @param file without its control tokens, when these are to be text
 * @param libraryIds what the replay is checked against
 */
export function createFileReplay(
  file: TokenizerFile,
  config: object,
  createLibrary: TokenizerLibraryFactory,
  libraryIds: (text: string) => readonly number[],
): TokenizerReplay {
  const ids = tokenIds(file);
  const { normalizer } = createLibrary({ ...file, model: { type: 'BPE', vocab: {}, merges: [] } }, config);
  const { unk_id: unknownId, unk_token: unknownToken, fuse_unk: fusesUnknown, type } = file.model;
  return new TokenizerReplay({
    sections: new TextSections(file.added_tokens, normalizer, configuredNormalizer(normalizer, config)),
    stages: stagesOf(file, config, createLibrary),
    wordReplay: wordReplayOf(file, ids),
    ids,
    unknownId: unknownId ?? (typeof unknownToken === 'string' ? ids.get(unknownToken) : undefined),
    fusesUnknown: type === 'Unigram' || fusesUnknown === true,
    libraryIds,
  });
}

function wordReplayOf(file: TokenizerFile, ids: ReadonlyMap<string, number>): WordReplay {
  switch (file.model.type) {
    case 'Unigram':
      return new UnigramReplay(file);
    case 'WordPiece':
      return new WordPieceReplay(file, ids);
    default:
      return new BpeReplay(new FileBpeRules(file, ids));
  }
}
