import type { CompletionEngine, GenerationRequest, GenerationResult } from '../../../src/core/completion/generation.js';
import { findTextStop } from '../../../src/engine/decoding/stopRule.js';
import { lexemesOf } from '../ngram/lexemes.js';
import { NestedNgram } from '../ngram/nestedNgram.js';
import { NgramCounts, ngramOrder } from '../ngram/ngramCounts.js';
import { Vocabulary } from '../ngram/vocabulary.js';
import { noPrefill, nothingKept, textReader, writtenText, type Contestant } from './contestant.js';
import type { NeighbourFiles } from './neighbourFiles.js';

/** The n-gram of the file's own text around the cursor: no more context than the model gets. */
export function fileNgram(): Contestant {
  return {
    id: 'ngram-file',
    label: 'n-gram of the file',
    model: textReader('ngram-file'),
    engineFor: () => ngramEngine(new Vocabulary(), []),
    prepare: nothingKept,
  };
}

/** The nested n-gram: file, then the other files of its folder, then all files of the repository but this one. */
export function nestedNgram(neighbours: NeighbourFiles): Contestant {
  return {
    id: 'ngram-nested',
    label: 'n-gram of file > folder > repository',
    model: textReader('ngram-nested'),
    engineFor: (source) => {
      const { vocabulary, folder, repository } = neighbours.of(source);
      return ngramEngine(vocabulary, [folder, repository]);
    },
    prepare: nothingKept,
  };
}

function ngramEngine(vocabulary: Vocabulary, wider: readonly NgramCounts[]): CompletionEngine {
  return {
    generate: async (request) => complete(request, vocabulary, wider),
    prefill: noPrefill,
  };
}

/** Greedy. The last lexeme before the cursor may be unfinished: it is predicted anew, and must begin as it does. */
function complete(
  { prompt, stop }: GenerationRequest,
  vocabulary: Vocabulary,
  wider: readonly NgramCounts[],
): GenerationResult {
  const idsOf = (text: string): number[] => lexemesOf(text).map((lexeme) => vocabulary.idOf(lexeme));
  const written = lexemesOf(prompt.prefix + prompt.currentLine);
  let forced = prompt.currentLine === '' ? '' : (written.pop() ?? '');
  const history = written.map((lexeme) => vocabulary.idOf(lexeme));
  const file = new NgramCounts(ngramOrder);
  file.add(history);
  file.add(idsOf(prompt.suffix));
  const ngram = new NestedNgram([file, ...wider], ngramOrder);
  let text = '';
  for (let count = 0; count < stop.maxNewTokens; count++) {
    const id = ngram.likeliest(history, (token) => vocabulary.lexemeOf(token).startsWith(forced));
    const lexeme = id === undefined ? '\n' : vocabulary.lexemeOf(id);
    // A line break is all an n-gram can say for "nothing is missing".
    if (id === undefined || (lexeme === '\n' && text === '')) return writtenText(text, 'end-of-text');
    text += lexeme.slice(forced.length);
    forced = '';
    history.push(id);
    const end = findTextStop(text, stop);
    if (end !== undefined) return writtenText(text.slice(0, end.length), end.reason);
  }
  return writtenText(text, 'max-tokens');
}
