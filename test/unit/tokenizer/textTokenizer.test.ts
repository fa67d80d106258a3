import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { encodeUtf8 } from '../../../src/core/text/utf8.js';
import type { TokenSpan } from '../../../src/core/tokenizer/tokenSpan.js';
import { anyText, awkwardTexts } from '../text/anyText.js';
import {
  bundledTokenizerJson,
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

// Hundreds of cases a property, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const tokenizers: Readonly<Record<string, TokenizerJson>> = {
  bundled: bundledTokenizerJson(),
  'GPT-2 byte-level BPE': smallByteLevel(),
  'byte-level BPE with a blank in front': smallByteLevel({ addPrefixSpace: true }),
  'byte-level BPE of composed text': smallByteLevel({ normalizer: { type: 'NFC' } }),
  'WordPiece, uncased': smallWordPiece(),
  'WordPiece, cased': smallWordPiece({ lowercase: false }),
  'Unigram with precompiled normalisation': smallUnigram(),
  'Unigram by words': smallUnigram({
    normalizer: null,
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [{ type: 'WhitespaceSplit' }, { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' }],
    },
  }),
  'Unigram of stripped, lower-case text': smallUnigram({
    normalizer: {
      type: 'Sequence',
      normalizers: [{ type: 'Strip', strip_left: true, strip_right: true }, { type: 'NFKC' }, { type: 'Lowercase' }],
    },
  }),
  'BPE with byte fallback': smallByteFallback(),
  'trained WordPiece': trainedTokenizerJson('wordpiece'),
  'trained Unigram': trainedTokenizerJson('unigram'),
};

/** What is wrong with the places of the spans; undefined when they tile the text exactly. */
function placeProblem(spans: readonly TokenSpan[], text: string): string | undefined {
  const bytes = encodeUtf8(text);
  let end = 0;
  let byteEnd = 0;
  for (const [index, span] of spans.entries()) {
    const covered = bytes.subarray(span.byteStart, span.byteEnd);
    if (span.start !== end || span.byteStart !== byteEnd) return `token ${index} leaves a gap or overlaps`;
    if (span.end < span.start || span.byteEnd < span.byteStart) return `token ${index} ends before it starts`;
    if (span.text !== text.slice(span.start, span.end)) return `token ${index} has the text of another place`;
    if (Buffer.compare(Buffer.from(span.bytes), covered) !== 0) return `token ${index} has the bytes of another place`;
    ({ end, byteEnd } = span);
  }
  if (spans.length === 0) return undefined;
  return end === text.length && byteEnd === bytes.length ? undefined : 'the last token ends before the text';
}

describe.each(Object.entries(tokenizers))('%s', (_, json) => {
  const tokenizer = textTokenizer(json);
  const reference = referenceTokenizer(json);

  it.each(Object.entries(awkwardTexts))('gives the ids of the library and spans that tile: %s', (_name, text) => {
    const spans = tokenizer.spans(text);

    expect(spans.map((span) => span.id)).toEqual(referenceIds(reference, text));
    expect(tokenizer.encode(text)).toEqual(spans.map((span) => span.id));
    expect(placeProblem(spans, text)).toBeUndefined();
  });

  it('does so for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const spans = tokenizer.spans(text);
        expect(spans.map((span) => span.id)).toEqual(referenceIds(reference, text));
        expect(tokenizer.encode(text)).toEqual(spans.map((span) => span.id));
        expect(placeProblem(spans, text)).toBeUndefined();
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});

describe.each([
  { remove_space: true },
  { do_lowercase_and_remove_accent: true },
  { remove_space: true, do_lowercase_and_remove_accent: true },
])('with %o in its configuration', (config) => {
  it('gives the ids of the library and spans that tile any text', () => {
    const tokenizer = textTokenizer(smallUnigram(), config);
    const reference = referenceTokenizer(smallUnigram(), config);

    fc.assert(
      fc.property(anyText, (text) => {
        const spans = tokenizer.spans(text);
        expect(spans.map((span) => span.id)).toEqual(referenceIds(reference, text));
        expect(tokenizer.encode(text)).toEqual(spans.map((span) => span.id));
        expect(placeProblem(spans, text)).toBeUndefined();
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});
