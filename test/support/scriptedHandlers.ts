import type { GenerationResult } from '../../src/core/completion/generation.js';
import { GlassboxError, throwIfAborted } from '../../src/core/errors.js';
import { createTokenizerHandlers } from '../../src/engine/tokenizers/tokenizerHandlers.js';
import type { ModelDescriptor } from '../../src/core/model/modelDescriptor.js';
import type { EngineHandlers } from '../../src/protocol/engineContract.js';

/**
 * What the scripted engine does for a generation, chosen by the prompt's current line: `steps` decodes a token every few
 * milliseconds; `hang` blocks the thread in a native call, `spin` in JavaScript; `exit` ends the process.
 */
export type ScriptedLine = 'steps' | 'hang' | 'spin' | 'exit';

const stepMs = 5;

/** Handlers without a model, for tests of the process around them. */
export function createScriptedHandlers(): EngineHandlers & { dispose(): Promise<void> } {
  return {
    ...createTokenizerHandlers(),
    'models/scan': async ({ roots }) => roots.map(({ path }) => describe(path)),
    'models/verify': async ({ folder }) => ({ descriptor: describe(folder), checks: [], ok: true }),
    'models/load': async ({ folder }) => describe(folder),
    'models/unload': async () => null,
    'completion/generate': async ({ prompt, stop }, { signal, report }) => {
      act(prompt.currentLine);
      let text = '';
      for (let tokenCount = 1; tokenCount <= stop.maxNewTokens; tokenCount++) {
        throwIfAborted(signal);
        text += 'x';
        report({ text, tokenCount });
        await new Promise((resolve) => setTimeout(resolve, stepMs));
      }
      return generated(text);
    },
    'completion/prefill': async () => ({ promptTokenCount: 0, reusedTokenCount: 0, prefillMs: 0 }),
    'tokens/encode': async () => [],
    'memory/remember': async () => ({ fileCount: 0, tokenCount: 0 }),
    'scores/score': async () => {
      throw new GlassboxError('model-unsupported', 'The scripted engine scores nothing.');
    },
    'scores/compare': async () => {
      throw new GlassboxError('model-unsupported', 'The scripted engine compares nothing.');
    },
    'nextTokens/predict': async () => {
      throw new GlassboxError('model-unsupported', 'The scripted engine predicts nothing.');
    },
    'embeddings/embed': async () => {
      throw new GlassboxError('model-unsupported', 'The scripted engine embeds nothing.');
    },
    'explain/suggestion': async () => {
      throw new GlassboxError('model-unsupported', 'The scripted engine explains nothing.');
    },
    'explain/occlude': async () => {
      throw new GlassboxError('model-unsupported', 'The scripted engine explains nothing.');
    },
    'engine/state': async () => ({
      pid: process.pid,
      onnxRuntimeVersion: 'none',
      residentBytes: process.memoryUsage.rss(),
      queueLength: 0,
      models: [],
    }),
    dispose: async () => undefined,
  };
}

function act(line: string): void {
  if (line === 'hang') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  while (line === 'spin') Math.sqrt(2);
  if (line === 'exit') process.exit(3);
}

function describe(folder: string): ModelDescriptor {
  const texts = { id: folder, name: folder, version: '1', folder, license: 'MIT', cardHash: '' };
  return { ...texts, source: 'folder', roles: ['completion'], contextLength: 512, sizeBytes: 0, problem: undefined };
}

function generated(text: string): GenerationResult {
  return {
    text,
    tokens: [],
    healedLength: 0,
    stopReason: 'max-tokens',
    promptTokenCount: 0,
    reusedTokenCount: 0,
    timings: { queueMs: 0, loadMs: 0, tokenizeMs: 0, prefillMs: 0, decodeMs: 0 },
  };
}
