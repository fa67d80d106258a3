import { describe, expect, it } from 'vitest';
import { completionModel } from '../../../src/core/model/completionModel.js';
import { describeModel } from '../../../src/core/model/describeModel.js';
import type { ModelCard } from '../../../src/core/model/modelCard.js';
import { model } from './scannedModels.js';

const origin = { folder: '/models/a', folderName: 'a', source: 'folder', cardHash: 'abc' } as const;

function card(specialTokens: Partial<ModelCard['specialTokens']>): ModelCard {
  return {
    ...{ schemaVersion: 1, id: 'a', name: 'A', version: '1', roles: ['completion'], architecture: 'decoder' },
    ...{ contextLength: 1024, license: 'MIT', tokenizer: 'byte-level-bpe', onnx: { default: 'onnx/model.onnx' } },
    specialTokens: { endOfText: '</s>', ...specialTokens },
    files: [],
  };
}

describe('the model of the completion pipeline', () => {
  it('fills in the middle when its card names all three tokens for it, and only then', () => {
    const all = { fimPrefix: '<p>', fimSuffix: '<s>', fimMiddle: '<m>' };
    const { fimMiddle, ...some } = all;
    const fills = (tokens: Partial<ModelCard['specialTokens']>): boolean | undefined =>
      completionModel(describeModel(card(tokens), origin)).fillsInTheMiddle;

    expect([fills(all), fills(some), fills({ fimMiddle }), fills({})]).toEqual([true, false, false, false]);
  });

  it('is known by its card, which changes with every file', () => {
    expect(completionModel(model('mine'))).toEqual({ id: 'mine', hash: 'hash of mine', contextLength: 1024 });
  });
});
