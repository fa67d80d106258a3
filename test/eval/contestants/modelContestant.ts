import type { ModelDescriptor } from '../../../src/core/model/modelDescriptor.js';
import { completionModel } from '../../../src/core/model/completionModel.js';
import type { PromptParts } from '../../../src/core/prompt/promptParts.js';
import type { EngineClient } from '../../../src/protocol/engineContract.js';
import type { MemoryScope } from '../../../src/core/memory/memoryScope.js';
import { measureBits } from '../measure/bits.js';
import { MixedReader } from '../mixing/mixedPlaces.js';
import type { Contestant } from './contestant.js';
import type { ReadOrigin } from './neighbourFiles.js';
import { RememberedOrigin } from './rememberedOrigin.js';

/** Milliseconds after the first token: what a slow machine would leave out would make the figures depend on it. */
const deadlineMs = 60_000;

/** Begins as no prompt of a document with a path does, so the engine keeps nothing of what it read before. */
const emptyPrompt: PromptParts = {
  path: '',
  languageId: 'plaintext',
  chunks: [],
  prefix: '',
  prefixStartLine: 0,
  currentLine: '',
  suffix: '',
};

/** What a row changes about the editor's requests, to see what that is good for. */
export interface RequestChanges {
  /** Most tokens of one line; the editor's own limit when undefined. */
  readonly lineTokens?: number | undefined;
  /** False: the prompt ends with the tokens of what is written, whole or not. */
  readonly tokenHealing?: boolean | undefined;
  /** Which code it remembers; as the editor does when undefined. */
  readonly memory?: MemoryScope | undefined;
}

/** A model in the engine's own process, asked as the editor asks it but for `changes`. */
export function modelContestant(
  engine: EngineClient,
  model: ModelDescriptor,
  label: string,
  readOrigin: ReadOrigin,
  { lineTokens, tokenHealing, memory = 'workspace' }: RequestChanges = {},
): Contestant {
  const { folder } = model;
  const remembered = new RememberedOrigin(engine, folder, readOrigin);
  const reader = new MixedReader(engine, folder);
  return {
    id: `model-${model.cardHash.slice(0, 16)}-${lineTokens ?? 'usual'}-${tokenHealing ?? true}-${memory}`,
    label,
    model: completionModel(model),
    engineFor: () => ({
      generate: (request, onProgress, signal) => {
        const { singleLine, maxNewTokens } = request.stop;
        const limit = singleLine ? (lineTokens ?? maxNewTokens) : maxNewTokens;
        return engine.call(
          'completion/generate',
          {
            ...request,
            folder,
            tokenHealing: tokenHealing ?? request.tokenHealing,
            memory,
            stop: { ...request.stop, maxNewTokens: limit, deadlineMs },
          },
          { signal, onProgress },
        );
      },
      prefill: (prompt, signal) => engine.call('completion/prefill', { folder, prompt }, { signal }),
    }),
    // Keys and values that are used again differ by rounding from those computed anew: enough to turn a close choice.
    measureBits: (task, signal) => measureBits(reader, task, { memory, readOrigin }, signal),
    prepare: async ({ origin }, signal) => {
      if (memory === 'workspace') await remembered.remember(origin, signal);
      await engine.call('completion/prefill', { folder, prompt: emptyPrompt }, { signal });
    },
  };
}
