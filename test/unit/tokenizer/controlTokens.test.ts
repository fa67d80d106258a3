import { describe, expect, it } from 'vitest';
import { isControlToken } from '../../../src/core/tokenizer/controlTokens.js';
import {
  bundledTokenizerJson,
  referenceIds,
  referenceTokenizer,
  smallByteLevel,
  smallUnigram,
  smallWordPiece,
  textTokenizer,
} from './tokenizerFixtures.js';

describe('control tokens written in a text', () => {
  it('are ordinary bytes to a byte-level tokenizer', () => {
    const text = 'const stop = "<|endoftext|>"; // <|fim_middle|>';
    const json = bundledTokenizerJson();
    const tokenizer = textTokenizer(json);

    const ids = tokenizer.encode(text);

    expect(ids.some((id) => tokenizer.table.isSpecial(id))).toBe(false);
    expect(Buffer.concat(ids.map((id) => tokenizer.table.bytesOf(id))).toString()).toBe(text);
    // The library by itself takes them as control tokens: that is the defect.
    expect(referenceIds(referenceTokenizer(json), text)).toContain(tokenizer.table.specialId('<|endoftext|>'));
  });

  it('are ordinary bytes to a tokenizer that looks words up before merging', () => {
    const json = smallByteLevel({ pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, use_regex: false } });
    const { vocab } = json.model as { vocab: Record<string, number> };
    const model = { ...json.model, vocab: { ...vocab, '<|endoftext|>': 300 }, ignore_merges: true };
    const tokenizer = textTokenizer({ ...json, model });

    expect(tokenizer.encode('<|endoftext|>')).toHaveLength('<|endoftext|>'.length);
    expect(tokenizer.encode('return')).toEqual([vocab['return']]);
  });

  it('are ordinary words to WordPiece, where only the unknown token remains', () => {
    const tokenizer = textTokenizer(smallWordPiece());

    expect(tokenizer.spans('x [MASK]').map((span) => [span.token, span.text])).toEqual([
      ['x', 'x'],
      ['[UNK]', ' ['],
      ['[UNK]', 'MASK'],
      ['[UNK]', ']'],
    ]);
  });

  it('are ordinary pieces to Unigram, whose vocabulary contains them', () => {
    const json = smallUnigram();
    const tokenizer = textTokenizer(json);

    expect(tokenizer.encode('a</s>')).not.toContain(tokenizer.table.specialId('</s>'));
    expect(
      referenceTokenizer({ ...json, added_tokens: [] }).encode('a</s>', { add_special_tokens: false }).ids,
    ).toContain(tokenizer.table.specialId('</s>'));
  });

  it('are found by name for prompts', () => {
    const { table } = textTokenizer(bundledTokenizerJson());

    expect(table.specialId('<|fim_middle|>')).toBe(3);
    expect(table.specialId('return')).toBeUndefined();
    expect(table.isSpecial(3)).toBe(true);
    expect(table.bytesOf(3)).toHaveLength(0);
    expect(table.textOf(3)).toBe('<|fim_middle|>');
  });

  it.each([
    ['<|fim_prefix|>', false, true],
    ['<fim_middle>', false, true],
    ['[MASK]', false, true],
    ['</s>', false, true],
    ['anything', true, true],
    ['    ', false, false],
    ['<', false, false],
    ['[]', false, false],
  ])('are told by their mark or their form: %j, special %s -> %s', (content, special, expected) => {
    expect(isControlToken({ content, special })).toBe(expected);
  });
});

describe('added tokens that are text', () => {
  const blanks = { id: 310, content: '    ', special: false, normalized: false };
  const arrow = { id: 311, content: '=>', special: false, normalized: true };
  const glue = { id: 312, content: '@@', special: false, normalized: false, lstrip: true, rstrip: true };

  it('are found in the text as the library finds them', () => {
    const json = smallByteLevel();
    const withText = { ...json, added_tokens: [...json.added_tokens, blanks, arrow, glue] };
    const tokenizer = textTokenizer(withText);
    const text = 'x      =>    y @@ z=>=>';

    const spans = tokenizer.spans(text);

    expect(spans.map((span) => span.id)).toEqual(referenceIds(referenceTokenizer(withText), text));
    expect(tokenizer.encode(text)).toEqual(spans.map((span) => span.id));
    expect(spans.filter((span) => span.id >= 310).map((span) => span.text)).toEqual([
      '    ',
      '=>',
      '    ',
      ' @@',
      '=>',
      '=>',
    ]);
    expect(spans.map((span) => span.text).join('')).toBe(text);
  });

  it('are found after normalising when they ask for it', () => {
    const json = smallWordPiece();
    const withText = { ...json, added_tokens: [...json.added_tokens, { id: 90, content: 'Glass', special: false }] };
    const text = 'x glássX';

    const spans = textTokenizer(withText).spans(text);

    expect(spans.map((span) => span.id)).toEqual(referenceIds(referenceTokenizer(withText), text));
    expect(spans.map((span) => span.text)).toEqual(['x', ' gláss', 'X']);
  });
});
