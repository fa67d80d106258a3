import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlacedEncoder, type PlacedTokens } from '../../../src/core/tokenizer/placedTokens.js';
import type { TextTokenizer } from '../../../src/core/tokenizer/textTokenizer.js';
import { anyText, awkwardTexts } from '../text/anyText.js';
import { bundledTokenizerJson, smallByteLevel, textTokenizer } from './tokenizerFixtures.js';

const tokenizers = {
  bundled: textTokenizer(bundledTokenizerJson()),
  'one that puts a blank in front': textTokenizer(smallByteLevel({ addPrefixSpace: true })),
  'one that composes text': textTokenizer(smallByteLevel({ normalizer: { type: 'NFC' } })),
};

const neverWaits = (): Promise<void> => Promise.resolve();

function expected(tokenizer: TextTokenizer, text: string): PlacedTokens {
  const spans = tokenizer.spans(text);
  return {
    ids: Uint32Array.from(spans, ({ id }) => id),
    starts: Uint32Array.from(spans, ({ start }) => start),
    ends: Uint32Array.from(spans, ({ end }) => end),
    byteStarts: Uint32Array.from(spans, ({ byteStart }) => byteStart),
    byteEnds: Uint32Array.from(spans, ({ byteEnd }) => byteEnd),
  };
}

const sourceLike = fc
  .array(fc.constantFrom('\n', '\r\n', '  ', 'foo', ';', '}', '한', '🙂', '\ud83d', '"', 'e\u0301', '\t', '12'), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''));

describe.each(Object.entries(tokenizers))('PlacedEncoder with %s', (_, tokenizer) => {
  const encoder = new PlacedEncoder(tokenizer);

  it.each(Object.entries(awkwardTexts))('gives the tokens and places of the whole text: %s', async (_, text) => {
    expect(await encoder.encode(text, neverWaits)).toEqual(expected(tokenizer, text));
  });

  it('gives them for any text, whatever was encoded before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(sourceLike, anyText), async (text) => {
        expect(await encoder.encode(text, neverWaits)).toEqual(expected(tokenizer, text));
      }),
      { seed: 20261121, numRuns: 200 },
    );
  });
});

describe('PlacedEncoder', () => {
  it('pauses during a long text that it does not know, and not when it knows it', async () => {
    const encoder = new PlacedEncoder(tokenizers.bundled);
    const text = Array.from({ length: 300 }, (_, line) => `line ${line};\n`).join('');
    let pauses = 0;
    const giveWay = async (): Promise<void> => {
      pauses++;
    };
    await encoder.encode(text, giveWay);
    expect(pauses).toBeGreaterThan(2);
    pauses = 0;
    await encoder.encode(text.replace('line 7;', 'line 7.'), giveWay);
    expect(pauses).toBe(0);
  });
});
