import { describe, expect, it } from 'vitest';
import { withLineFeeds } from '../../../src/core/text/lineEnds.js';

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
