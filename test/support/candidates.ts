import type { CompletionCandidate } from '../../src/core/completion/completionOutcome.js';
import type { TextRange } from '../../src/core/completion/documentSnapshot.js';
import type { CandidateOrigin } from '../../src/core/completion/generationOrigin.js';
import { greedy } from '../../src/core/sampling/samplingOptions.js';

/** A request that a text answered, as the pipeline keeps it; everything that is not given is empty. */
export function originOf(changes: Partial<CandidateOrigin> = {}): CandidateOrigin {
  return {
    model: { id: 'code', hash: 'abc', contextLength: 1_024 },
    prompt: {
      path: '',
      languageId: 'typescript',
      chunks: [],
      prefix: '',
      prefixStartLine: 0,
      currentLine: '',
      suffix: '',
    },
    sampling: greedy,
    memory: 'off',
    singleLine: true,
    position: { line: 0, character: 0 },
    documentVersion: 1,
    lineCount: 1,
    typedSince: '',
    ...changes,
  };
}

/** A suggestion of `text` for `range`. */
export function candidateOf(
  text: string,
  range: TextRange,
  generation?: CompletionCandidate['generation'],
  origin = originOf(),
): CompletionCandidate {
  return { text, range, generation, origin, givenLength: 0 };
}
