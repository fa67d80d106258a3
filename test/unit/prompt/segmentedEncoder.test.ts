import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SegmentedEncoder } from '../../../src/core/prompt/segmentedEncoder.js';
import { smallByteLevel, textTokenizer, type TokenizerJson } from '../tokenizer/tokenizerFixtures.js';
import { tokenizer as bundled } from './bundledComposer.js';

/** Pre-tokenizer of Llama 3, Qwen2 and others: closing punctuation takes line breaks along. */
const llama3Pattern =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

function withPattern(pattern: string): TokenizerJson {
  return smallByteLevel({
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false },
        { type: 'ByteLevel', add_prefix_space: false, use_regex: false },
      ],
    },
  });
}

const tokenizers = {
  bundled,
  'GPT-2': textTokenizer(smallByteLevel()),
  'Llama 3': textTokenizer(withPattern(llama3Pattern)),
};

const sourceLike = fc
  .array(
    fc.constantFrom(
      '\n',
      '\n',
      ' ',
      '    ',
      '\t',
      ';',
      ')',
      '{',
      '}',
      'return',
      'x1',
      '12',
      '한글',
      '🙂',
      'é',
      '"',
      '= ',
    ),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(''));

describe.each(Object.entries(tokenizers))('SegmentedEncoder with the tokenizer of %s', (_, tokenizer) => {
  const encoder = new SegmentedEncoder((text) => tokenizer.encode(text));

  it('gives the ids of the whole text', () => {
    fc.assert(
      fc.property(sourceLike, (text) => {
        expect(encoder.encode(text)).toEqual(tokenizer.encode(text));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('divides source code into pieces that join to it', () => {
    const text = 'class A {\n  run() {\n    return 1;\n  }\n}\n\nclass B {}\n';
    expect(encoder.split(text).length).toBeGreaterThan(1);
    expect(encoder.split(text).join('')).toBe(text);
  });
});

describe('SegmentedEncoder', () => {
  it('encodes only what changed', () => {
    const encoded: string[] = [];
    const encoder = new SegmentedEncoder((text) => {
      encoded.push(text);
      return bundled.encode(text);
    });
    const lines = Array.from({ length: 80 }, (_, index) => `  const value${index} = compute(${index});`);
    encoder.encode(lines.join('\n'));
    encoded.length = 0;
    encoder.encode([...lines, '  return value1;'].join('\n'));
    expect(encoded).toEqual(['\n  return value1;']);
  });

  it('encodes whole what a tokenizer does not divide', () => {
    const encoder = new SegmentedEncoder((text) => [text.length]);
    expect(encoder.split('a\nb')).toEqual(['a\nb']);
  });
});
