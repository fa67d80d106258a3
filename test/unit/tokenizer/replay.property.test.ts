import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { withoutControlTokens } from '../../../src/core/tokenizer/controlTokens.js';
import { createFileReplay } from '../../../src/core/tokenizer/replay/fileReplay.js';
import type { TokenizerReplay } from '../../../src/core/tokenizer/replay/tokenizerReplay.js';
import { parseTokenizerFile } from '../../../src/core/tokenizer/tokenizerFile.js';
import { BuiltinTokenizer, loadRanks } from '../../../src/engine/tokenizers/builtinTokenizer.js';
import { awkwardTexts } from '../text/anyText.js';
import { scriptTexts } from './scriptTexts.js';
import {
  bundledTokenizerJson,
  createLibrary,
  referenceIds,
  referenceTokenizer,
  smallByteFallback,
  smallByteLevel,
  smallUnigram,
  smallWordPiece,
  textTokenizer,
  trainedTokenizerJson,
  type TokenizerJson,
} from './tokenizerFixtures.js';

// Thousands of texts, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

const textsPerScript = 150;

interface Replayed {
  readonly replay: TokenizerReplay;
  readonly encode: (text: string) => readonly number[];
}

function ofFile(json: TokenizerJson, controlTokens: 'text' | 'recognized', config: object = {}): Replayed {
  const parsed = parseTokenizerFile(json);
  const file = controlTokens === 'text' ? withoutControlTokens(parsed) : parsed;
  const reference = referenceTokenizer(file, config);
  const tokenizer = textTokenizer(json, config, { controlTokens });
  const replay = createFileReplay(file, config, createLibrary, (text) => referenceIds(reference, text));
  return { replay, encode: (text) => tokenizer.encode(text) };
}

async function builtin(
  name: 'gpt2' | 'cl100k_base' | 'o200k_base',
  controlTokens: 'text' | 'recognized',
): Promise<Replayed> {
  const tokenizer = new BuiltinTokenizer(name, await loadRanks(name));
  const textTokens = tokenizer.textTokenizer(controlTokens);
  return { replay: tokenizer.replay(controlTokens), encode: (text) => textTokens.encode(text) };
}

const tokenizers: Readonly<Record<string, () => Replayed | Promise<Replayed>>> = {
  'the bundled model': () => ofFile(bundledTokenizerJson(), 'text'),
  'the bundled model with control tokens': () => ofFile(bundledTokenizerJson(), 'recognized'),
  'byte-level BPE': () => ofFile(smallByteLevel({ addPrefixSpace: true, normalizer: { type: 'NFC' } }), 'recognized'),
  'byte-level BPE that looks words up': () => {
    const json = smallByteLevel();
    return ofFile({ ...json, model: { ...json.model, ignore_merges: true } }, 'text');
  },
  'BPE with byte fallback': () => ofFile(smallByteFallback(), 'text'),
  WordPiece: () => ofFile(smallWordPiece(), 'text'),
  'trained WordPiece': () => ofFile(trainedTokenizerJson('wordpiece'), 'recognized'),
  Unigram: () => ofFile(smallUnigram(), 'text', { remove_space: true, do_lowercase_and_remove_accent: true }),
  'trained Unigram': () => ofFile(trainedTokenizerJson('unigram'), 'recognized'),
  gpt2: () => builtin('gpt2', 'text'),
  'gpt2 with control tokens': () => builtin('gpt2', 'recognized'),
  cl100k_base: () => builtin('cl100k_base', 'text'),
  o200k_base: () => builtin('o200k_base', 'recognized'),
};

describe.each(Object.entries(tokenizers))('a replay of %s', (_, make) => {
  it('ends with the ids of the library and of the encoder, whatever the text', async () => {
    const { replay, encode } = await make();
    const check = (text: string): void => {
      const trace = replay.replay(text);
      expect([...trace.ids], JSON.stringify(text)).toEqual([...trace.libraryIds]);
      expect(trace.agrees).toBe(true);
      expect(encode(text)).toEqual([...trace.ids]);
    };

    for (const text of Object.values(awkwardTexts)) check(text);
    for (const texts of Object.values(scriptTexts)) {
      fc.assert(fc.property(texts, check), { numRuns: textsPerScript, seed: 11 });
    }
  });
});
