import { describe, expect, it } from 'vitest';
import { cutAtLines, joinLineCosts } from '../../../src/core/lenses/textParts.js';
import { hexBytes, visibleText } from '../../../src/core/lenses/visibleText.js';
import { countLineTokens } from '../../../src/core/tokenizer/lineCosts.js';
import { codeCell, plainCell } from '../../../src/host/lenses/markdownText.js';
import { bundledTokenizerJson, textTokenizer } from '../tokenizer/tokenizerFixtures.js';

const tokenizer = textTokenizer(bundledTokenizerJson());

describe('the tokens of lines', () => {
  it.each([200, 1_000_000])('are those of the whole when the text is counted in parts of %i', (partLength) => {
    const text = 'alpha = beta + 1\nprint(alpha)\n'.repeat(50);
    const parts = cutAtLines(text, partLength);

    const joined = joinLineCosts(
      parts.map((part) => ({ length: part.length, costs: countLineTokens(part, tokenizer.columns(part)) })),
    );

    expect(parts.length).toBe(partLength === 200 ? 8 : 1);
    expect(parts.join('')).toBe(text);
    expect(joined).toEqual(countLineTokens(text, tokenizer.columns(text)));
  });

  it('are not cut inside a line', () => {
    expect(cutAtLines('x'.repeat(500), 100)).toHaveLength(1);
    expect(cutAtLines('', 100)).toEqual(['']);
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
