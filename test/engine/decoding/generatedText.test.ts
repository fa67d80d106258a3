import { describe, expect, it } from 'vitest';
import type { GeneratedToken } from '../../../src/core/completion/generation.js';
import { encodeUtf8 } from '../../../src/core/text/utf8.js';
import { GeneratedText } from '../../../src/engine/decoding/generatedText.js';

const token = (id: number): GeneratedToken => ({ id, text: '', logProb: 0, alternatives: [] });

function textOf(healed: string, pieces: readonly (string | readonly number[])[]): GeneratedText {
  const text = new GeneratedText(encodeUtf8(healed));
  for (const [id, piece] of pieces.entries()) {
    text.push(token(id), typeof piece === 'string' ? encodeUtf8(piece) : Uint8Array.from(piece));
  }
  return text;
}

describe('GeneratedText', () => {
  it('holds back a character until its last byte has come', () => {
    const [first = 0, ...rest] = encodeUtf8('한');
    expect(textOf('', ['a', [first]]).text).toBe('a');
    expect(textOf('', ['a', [first], rest]).text).toBe('a한');
  });

  it('leaves out the healed bytes, however the tokens cut them', () => {
    expect(textOf('ret', ['return', ' x']).finish()).toMatchObject({ text: 'urn x', healedLength: 3 });
    expect(textOf('ret', ['re', 't', 'urn']).finish().text).toBe('urn');
  });

  it('counts healed characters in UTF-16 units', () => {
    expect(textOf('🙂한', ['🙂', '한국']).finish()).toMatchObject({ text: '국', healedLength: 3 });
  });

  it('keeps the tokens that a cut text came from, and those left of the cursor', () => {
    const ids = (text: GeneratedText, length?: number): number[] => text.finish(length).tokens.map(({ id }) => id);
    expect(ids(textOf('', ['ab', 'cd', 'ef']), 3)).toEqual([0, 1]);
    expect(ids(textOf('', ['ab', 'cd', 'ef']), 2)).toEqual([0]);
    expect(ids(textOf('xy', ['x', 'yab', 'cd']), 0)).toEqual([0, 1]);
  });

  it('makes every line end a line feed', () => {
    expect(textOf('', ['a\r', '\nb\rc']).text).toBe('a\nb\nc');
  });
});
