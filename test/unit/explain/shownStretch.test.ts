import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findShown } from '../../../src/core/explain/shownStretch.js';

const stretch = (generated: string, typed: string, shown: string): string => {
  const { from, to, isVerbatim } = findShown(generated, typed, shown);
  return `${generated.slice(0, from)}[${generated.slice(from, to)}]${generated.slice(to)}${isVerbatim ? '' : ' changed'}`;
};

describe('findShown', () => {
  it.each([
    ['the whole text', 'b + c;', '', 'b + c;', '[b + c;]'],
    ['a text cut at its end', 'b + c;\nnext();', '', 'b + c;', '[b + c;]\nnext();'],
    ['what was typed since', 'b + c;', 'b +', ' c;', 'b +[ c;]'],
    ['indentation turned into tabs', '{\n    x;\n}', '', '{\n\tx;\n}', '[{\n    x;\n}] changed'],
    ['a bracket added at the end', 'f(a', '', 'f(a)', '[f(a] changed'],
    ['nothing of it', 'abc', '', 'xyz', '[]abc changed'],
    ['Korean and emoji', '"안녕 👩‍👩‍👧 세상"', '"안', '녕 👩‍👩‍👧', '"안[녕 👩‍👩‍👧] 세상"'],
    ['blanks typed otherwise', 'a +  b', 'a + ', 'b', 'a + [ b] changed'],
  ])('finds %s', (_, generated, typed, shown, expected) => {
    expect(stretch(generated, typed, shown)).toBe(expected);
  });

  it('finds every stretch of a text to the letter', () => {
    const text = fc.array(fc.constantFrom('a', 'b', ' ', '\n', '\t', '한', '🙂')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, text, (typed, shown, rest) => {
        expect(findShown(typed + shown + rest, typed, shown)).toEqual({
          from: typed.length,
          to: typed.length + shown.length,
          isVerbatim: true,
        });
      }),
    );
  });
});
