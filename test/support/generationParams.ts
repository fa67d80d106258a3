import { greedy } from '../../src/core/sampling/samplingOptions.js';
import type { EngineContract } from '../../src/protocol/engineContract.js';

/** Parameters of a greedy single-line generation at the end of `currentLine`. */
export function generationParams(
  folder: string,
  currentLine: string,
  maxNewTokens: number,
): EngineContract['completion/generate']['params'] {
  return {
    folder,
    prompt: {
      path: 'a.ts',
      languageId: 'typescript',
      chunks: [],
      prefix: '',
      prefixStartLine: 0,
      currentLine,
      suffix: '',
    },
    sampling: greedy,
    stop: { maxNewTokens, singleLine: false, maxLines: 1000, stopStrings: [], deadlineMs: 600_000 },
    tokenHealing: false,
    alternativeCount: 0,
  };
}
