import { describe, expect, it } from 'vitest';
import { cutAtLines, joinLineCosts, lineCosts, mostExpensiveLines } from '../../../src/core/lenses/lineCosts.js';
import { hexBytes, visibleText } from '../../../src/core/lenses/visibleText.js';
import { codeCell, plainCell } from '../../../src/host/lenses/markdownText.js';
import { bundledTokenizerJson, textTokenizer } from '../tokenizer/tokenizerFixtures.js';

const tokenizer = textTokenizer(bundledTokenizerJson());

describe('the tokens of lines', () => {
  it('count where they begin', () => {
    const text = 'if x:\n    return 1\n\nend';
    const { perLine, tokenCount } = lineCosts(text, tokenizer.columns(text).starts);

    expect(perLine).toHaveLength(4);
    expect(perLine.reduce((sum, count) => sum + count)).toBe(tokenCount);
    expect(tokenCount).toBe(tokenizer.encode(text).length);
  });

  it('are those of the whole when the text is counted in parts', () => {
    const text = 'alpha = beta + 1\nprint(alpha)\n'.repeat(50);
    const parts = cutAtLines(text, 200);

    const joined = joinLineCosts(parts.map((part) => lineCosts(part, tokenizer.columns(part).starts)));

    expect(parts.length).toBeGreaterThan(3);
    expect(parts.join('')).toBe(text);
    expect(joined).toEqual(lineCosts(text, tokenizer.columns(text).starts));
  });

  it('rank the lines, and leave out those without a token', () => {
    expect(mostExpensiveLines(Uint32Array.of(3, 0, 9, 3), 3)).toEqual([2, 0, 3]);
    expect(mostExpensiveLines(Uint32Array.of(0), 3)).toEqual([]);
  });
});

describe('text in a hover', () => {
  it.each([
    ['a\tb\r\n', 'a\\tb\\r\\n'],
    ['\\n', '\\\\n'],
    [' x ', ' x '],
    ['\u00a0', '\\u00a0'],
    ['👩‍👧', '👩\\u200d👧'],
    ['\ud83d', '\\ud83d'],
    ['\u202eabc', '\\u202eabc'],
    ['값', '값'],
    ['\u{e0041}', '\\u{e0041}'],
  ])('shows everything that is in %j', (text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });

  it('shows bytes as hexadecimal numbers, and not too many', () => {
    expect(hexBytes([0, 10, 255], 8)).toBe('00 0A FF');
    expect(hexBytes([1, 2, 3], 2)).toBe('01 02 …');
    expect(hexBytes([], 2)).toBe('');
  });

  it('cannot leave its code or its cell', () => {
    expect(codeCell('a`b``c')).toBe('```a`b``c```');
    expect(codeCell('`x')).toBe('`` `x ``');
    expect(codeCell('a|b')).toBe('`a\\|b`');
    expect(plainCell('[x](command:y) <b>\nz')).toBe('\\[x\\]\\(command:y\\) \\<b\\> z');
  });
});
