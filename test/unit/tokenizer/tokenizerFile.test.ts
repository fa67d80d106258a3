import { describe, expect, it } from 'vitest';
import { GlassboxError } from '../../../src/core/errors.js';
import { TextTokenizer } from '../../../src/core/tokenizer/textTokenizer.js';
import { createLibrary, smallByteLevel, smallUnigram, textTokenizer } from './tokenizerFixtures.js';

function errorOf(json: unknown): GlassboxError {
  try {
    new TextTokenizer(json, {}, createLibrary);
  } catch (error) {
    if (GlassboxError.is(error)) return error;
  }
  throw new Error('expected a GlassboxError');
}

describe('a tokenizer file', () => {
  const json = smallByteLevel();

  it.each<[string, unknown, RegExp]>([
    ['null', null, /the file/],
    ['a number', 1, /the file/],
    ['without a model', { ...json, model: undefined }, /model/],
    [
      'with a vocabulary of text ids',
      { ...json, model: { type: 'BPE', vocab: { a: '1' }, merges: [] } },
      /model\.vocab/,
    ],
    ['with a nameless added token', { ...json, added_tokens: [{ id: 1, content: '' }] }, /added_tokens\.0\.content/],
    [
      'with an id beyond all vocabularies',
      { ...json, added_tokens: [{ id: 4e9, content: 'x' }] },
      /added_tokens\.0\.id/,
    ],
    ['of an unknown model', { ...json, model: { type: 'WordLevel', vocab: {} } }, /WordLevel/],
    ['without a model type', { ...json, model: { vocab: {} } }, /\(none\)/],
    ['with an unknown pre-tokenizer', { ...json, pre_tokenizer: { type: 'Imaginary' } }, /Imaginary/],
    [
      'with a broken pattern',
      { ...json, pre_tokenizer: { type: 'Split', pattern: { Regex: '(' } } },
      /cannot be loaded/,
    ],
  ])('%s is refused with the reason', (_, value, reason) => {
    const error = errorOf(value);

    expect(error.code).toBe('tokenizer-unsupported');
    expect(error.message).toMatch(reason);
  });

  it('does without the optional components', () => {
    const { model } = json;

    expect(textTokenizer({ model }).encode('ret')).toHaveLength(1);
  });

  it('may leave ids unused', () => {
    const { table } = textTokenizer(json);

    expect(table.size).toBe(302);
    expect([table.nameOf(290), table.isSpecial(290), table.textOf(290)]).toEqual(['', true, '']);
    expect([table.isSpecial(5000), table.bytesOf(5000).length]).toEqual([true, 0]);
  });
});

describe('the token table', () => {
  it('reads byte-level tokens as bytes', () => {
    const { table } = textTokenizer(smallByteLevel());

    expect(table.kind).toBe('byte-level');
    expect(table.textOf(0x41)).toBe('A');
    expect(Array.from(table.bytesOf(0xe2))).toEqual([0xe2]);
    expect(table.textOf(0xe2)).toBe('\ufffd');
    expect(table.nameOf(0x20)).toBe('Ġ');
  });

  it('reads SentencePiece tokens as text with blanks', () => {
    const { table } = textTokenizer(smallUnigram());

    expect(table.kind).toBe('metaspace');
    expect(table.textOf(13)).toBe(' return');
    expect(table.isSpecial(2)).toBe(true);
  });
});
