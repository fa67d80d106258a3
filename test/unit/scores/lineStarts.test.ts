import { describe, expect, it } from 'vitest';
import { findLineStarts } from '../../../src/core/scores/lineStarts.js';

/** Places of tokens of the given lengths. */
function places(...lengths: readonly number[]): { starts: Uint32Array; ends: Uint32Array } {
  let end = 0;
  const ends = Uint32Array.from(lengths, (length) => (end += length));
  return { ends, starts: ends.map((tokenEnd, index) => tokenEnd - lengths[index]!) };
}

describe('findLineStarts', () => {
  it('finds tokens that start with a line, and those that hold the line break before it', () => {
    // 'ab' '\n' 'cd' '\n  ' 'ef' ';\n' 'gh'
    const found = findLineStarts('ab\ncd\n  ef;\ngh', places(2, 1, 2, 3, 2, 2, 2));
    expect(found.map(({ token }) => token)).toEqual([2, 3, 6]);
  });

  it('skips a line that starts inside a token, and lines that one token holds several of', () => {
    expect(findLineStarts('a\nb', places(3))).toEqual([]);
    expect(findLineStarts('a\n\n\nb', places(1, 3, 1)).map(({ token }) => token)).toEqual([1, 2]);
  });

  it('takes nothing but the line for its hash', () => {
    const [first] = findLineStarts('x\nsame\n', places(1, 1, 4, 1));
    const [, second] = findLineStarts('other\nline\nsame', places(5, 1, 4, 1, 4));
    const [third] = findLineStarts('x\nsane\n', places(1, 1, 4, 1));
    expect(first!.hash).toBe(second!.hash);
    expect(first!.hash).not.toBe(third!.hash);
  });

  it('finds none in an empty text', () => {
    expect(findLineStarts('', places())).toEqual([]);
  });
});
