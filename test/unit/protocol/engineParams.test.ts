import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { greedy } from '../../../src/core/sampling/samplingOptions.js';
import type { EngineContract, EngineMethod } from '../../../src/protocol/engineContract.js';
import { engineParamSchemas } from '../../../src/protocol/engineParams.js';
import { tokenizerLimits } from '../../../src/protocol/tokenizersParams.js';
import { engineLimits } from '../../../src/protocol/paramSchemas.js';

const prompt = {
  path: 'src/a.ts',
  languageId: 'typescript',
  chunks: [{ path: 'src/b.ts', text: 'export const b = 1;\n' }],
  prefix: 'import { b } from "./b";\n',
  prefixStartLine: 0,
  currentLine: 'const c = ',
  suffix: '\n',
};
const stop = { maxNewTokens: 24, singleLine: true, maxLines: 1, stopStrings: ['\n\n'], deadlineMs: 500 };
const generate: EngineContract['completion/generate']['params'] = {
  folder: 'models/code',
  prompt,
  sampling: greedy,
  stop,
  tokenHealing: true,
  memory: 'workspace',
  alternativeCount: 5,
};

const explained = {
  folder: 'm',
  prompt,
  target: { text: 'b;', ids: [3, 4], from: 0 },
  contrastText: '',
};

function accepts(method: EngineMethod, params: unknown): boolean {
  return v.is(engineParamSchemas[method], params);
}

describe('parameters of requests about tokenizers', () => {
  const encode = { source: { kind: 'builtin', name: 'gpt2' }, text: 'a', controlTokens: 'text' };

  it.each<[string, EngineMethod, unknown]>([
    ['an unknown encoding', 'tokenizers/encode', { ...encode, source: { kind: 'builtin', name: 'gpt9' } }],
    ['an unknown kind of source', 'tokenizers/encode', { ...encode, source: { kind: 'address', path: 'a' } }],
    ['an empty path', 'tokenizers/encode', { ...encode, source: { kind: 'file', path: '' } }],
    ['another reading of control tokens', 'tokenizers/encode', { ...encode, controlTokens: 'both' }],
    [
      'too much to replay',
      'tokenizers/replay',
      { ...encode, text: 'x'.repeat(tokenizerLimits.replayedTextLength + 1) },
    ],
  ])('refuse %s', (_what, method, params) => {
    expect(accepts(method, params)).toBe(false);
  });
});

describe('parameters of the engine', () => {
  it.each<[EngineMethod, unknown]>([
    ['models/scan', { roots: [{ path: 'models', source: 'bundled' }] }],
    ['models/load', { folder: 'models/code' }],
    ['completion/generate', generate],
    ['completion/generate', { ...generate, replaceable: true }],
    ['completion/prefill', { folder: 'models/code', prompt }],
    ['scores/score', { folder: 'models/code', text: '', topCount: 5 }],
    ['scores/score', { folder: 'm', text: 'ab', topCount: 0, priority: { start: 0, end: 1 }, extent: 'priority' }],
    ['scores/compare', { folder: 'm', graph: 'onnx/model.onnx', other: { folder: 'n' }, text: 'ab', topCount: 0 }],
    ['nextTokens/predict', { folder: 'm', context: { kind: 'text', text: 'a' }, branch: [3, 4], topCount: 10 }],
    ['nextTokens/predict', { folder: 'm', context: { kind: 'prompt', prompt }, branch: [], topCount: 0 }],
    ['explain/suggestion', { ...explained, alternativeCount: 5, memory: 'file', singleLine: true }],
    ['explain/occlude', { ...explained, detail: 'every-line' }],
    ['tokenizers/list', { roots: [{ path: 'models', source: 'bundled' }] }],
    ['tokenizers/describe', { source: { kind: 'builtin', name: 'gpt2' } }],
    ['tokenizers/encode', { source: { kind: 'file', path: 'tokenizer.json' }, text: '\ud800', controlTokens: 'text' }],
    ['tokenizers/replay', { source: { kind: 'model', folder: 'm' }, text: 'a', controlTokens: 'recognized' }],
    ['engine/state', {}],
  ])('%s accepts what Glassbox sends', (method, params) => {
    expect(v.parse(engineParamSchemas[method], params)).toEqual(params);
  });

  it.each<[string, unknown]>([
    ['no folder', { ...generate, folder: '' }],
    ['a folder that is no string', { ...generate, folder: 7 }],
    ['a path that is too long', { ...generate, folder: 'x'.repeat(engineLimits.pathLength + 1) }],
    ['too much text', { ...generate, prompt: { ...prompt, prefix: 'x'.repeat(engineLimits.promptTextLength + 1) } }],
    ['too many chunks', { ...generate, prompt: { ...prompt, chunks: Array(257).fill(prompt.chunks[0]) } }],
    ['a fractional line', { ...generate, prompt: { ...prompt, prefixStartLine: 0.5 } }],
    ['no tokens at all', { ...generate, stop: { ...stop, maxNewTokens: 0 } }],
    ['an endless generation', { ...generate, stop: { ...stop, maxNewTokens: Infinity } }],
    ['a deadline that is NaN', { ...generate, stop: { ...stop, deadlineMs: NaN } }],
    ['an empty stop string', { ...generate, stop: { ...stop, stopStrings: [''] } }],
    ['an infinite temperature', { ...generate, sampling: { ...greedy, temperature: Infinity } }],
    ['a negative temperature', { ...generate, sampling: { ...greedy, temperature: -1 } }],
    ['minP above 1', { ...generate, sampling: { ...greedy, minP: 1.5 } }],
    ['topP above 1', { ...generate, sampling: { ...greedy, topP: 1.5 } }],
    ['a negative number of alternatives', { ...generate, alternativeCount: -1 }],
    ['a missing prompt', { ...generate, prompt: undefined }],
  ])('completion/generate refuses %s', (_what, params) => {
    expect(accepts('completion/generate', params)).toBe(false);
  });

  it('drops properties that the contract does not name', () => {
    const parsed = v.parse(engineParamSchemas['models/load'], { folder: 'a', sessionOptions: { extra: 1 } });
    expect(parsed).toEqual({ folder: 'a' });
  });

  it('are decided without throwing, whatever arrives', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(engineParamSchemas) as EngineMethod[])),
        fc.anything(),
        (method, value) => {
          expect(typeof accepts(method, value)).toBe('boolean');
        },
      ),
      { numRuns: 500, seed: 20261121 },
    );
  });
});
