import { describe, expect, it } from 'vitest';
import { openQuote, scanBrackets } from '../../../../src/core/completion/postProcess/brackets.js';

describe('scanBrackets', () => {
  it.each([
    ['a, b)', '', ')'],
    ['foo(a)', '', ''],
    ['foo(a', '(', ''],
    ['a) { b', '{', ')'],
    [')]}', '', ')]}'],
    ['([{', '([{', ''],
    ['([)', '', ''],
    ['")"', '', ''],
    ["don't)", '', ')'],
    ['`)\n)` (', '(', ''],
    ['(`)\n)', '(`', ''],
    ['""")\n"""', '', ''],
    ["['''a)\n", "['''", ''],
    ['"\\")" )', '', ')'],
    ['', '', ''],
  ])('%j leaves %j open and closes %j', (text, unclosed, unmatched) => {
    const scan = scanBrackets(text);
    expect(scan.unclosed.map(({ character }) => character).join('')).toBe(unclosed);
    expect(scan.unmatched.map(({ character }) => character).join('')).toBe(unmatched);
  });

  it('reports where each mark stands', () => {
    expect(scanBrackets('한(a))')).toEqual({ unclosed: [], unmatched: [{ character: ')', offset: 4 }] });
  });

  it('follows angle brackets only when asked to, and never takes an arrow for one', () => {
    expect(scanBrackets('a > b').unmatched).toEqual([]);
    expect(scanBrackets('=> x -> y>', { angles: true }).unmatched).toEqual([{ character: '>', offset: 9 }]);
  });

  it('reads the end of a string it begins inside of as a closer', () => {
    expect(scanBrackets('a)" )', { insideQuote: '"' }).unmatched).toEqual([
      { character: '"', offset: 2 },
      { character: ')', offset: 4 },
    ]);
  });
});

describe('openQuote', () => {
  it.each([
    ['foo("', '"'],
    ['foo("a"', undefined],
    ["'a\\'", "'"],
    ['"it\'s', '"'],
    ['`${a}', '`'],
    ['"""', '"'],
    ['', undefined],
  ])('%j', (line, quote) => {
    expect(openQuote(line)).toBe(quote);
  });
});
