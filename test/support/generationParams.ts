import type { EngineContract } from '../../src/protocol/engineContract.js';

/** So hot that hardly any token is likelier than another: a trained model's end of text comes late, at the same token each time. */
const unending = { temperature: 5, topK: 0, topP: 1, minP: 0, seed: 7 };

/** Parameters of a generation at the end of `currentLine` that goes on until `maxNewTokens`, whatever model it is. */
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
    sampling: unending,
    stop: { maxNewTokens, singleLine: false, maxLines: 1000, stopStrings: [], deadlineMs: 600_000 },
    tokenHealing: false,
    memory: 'off',
    alternativeCount: 0,
  };
}
