import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineFeedText, withLineFeeds } from '../../../src/core/text/lineEnds.js';

describe('line ends', () => {
  it.each([
    ['a\r\nb', 'a\nb'],
    ['a\rb', 'a\nb'],
    ['\r\r\n\n\r', '\n\n\n\n'],
    ['a\nb', 'a\nb'],
    ['a\u2028b\u0085c', 'a\u2028b\u0085c'],
    ['', ''],
  ])('of %j become line feeds', (text, expected) => {
    expect(withLineFeeds(text)).toBe(expected);
  });
});

describe('LineFeedText', () => {
  it('finds places of the original, a line end at its first character', () => {
    const source = new LineFeedText('a\r\nb\rc\n\r\nd');
    expect(source.text).toBe('a\nb\nc\n\nd');
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8].map((offset) => source.originalOffset(offset))).toEqual([
      0, 1, 3, 4, 5, 6, 7, 9, 10,
    ]);
  });

  it('cuts the original where it cuts the text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('\r', '\n', '\r\n', 'x', '한', '🙂')), fc.nat(), (parts, place) => {
        const original = parts.join('');
        const source = new LineFeedText(original);
        const offset = place % (source.text.length + 1);
        expect(withLineFeeds(original.slice(0, source.originalOffset(offset)))).toBe(source.text.slice(0, offset));
      }),
      { seed: 20261121 },
    );
  });
});
