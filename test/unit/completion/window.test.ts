import { describe, expect, it } from 'vitest';
import { completionConstants as constants } from '../../../src/core/completion/completionConstants.js';
import { isClosersOnly, readCursorContext } from '../../../src/core/completion/cursorContext.js';
import type { CursorWindow } from '../../../src/core/prompt/window.js';
import { promptFromWindow } from '../../../src/core/prompt/windowPrompt.js';
import { queryAt } from '../../support/documentText.js';

const windowAt = (marked: string): CursorWindow => readCursorContext(queryAt(marked)).window;
const numbered = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, index) => `line number ${String(index + from).padStart(6, '0')};\n`).join('');

describe('readWindow', () => {
  it('divides a small document at the cursor', () => {
    expect(windowAt('a\n  b‸c\nd\n')).toEqual({
      prefix: 'a\n',
      prefixStartLine: 0,
      currentLine: '  b',
      indentation: '  ',
      restOfLine: 'c',
      following: '\nd\n',
    });
  });

  it('writes every line end as a line feed', () => {
    const window = windowAt('a\r\nb‸\r\nc');
    expect([window.prefix, window.following]).toEqual(['a\n', '\nc']);
  });

  it('replaces lone surrogates and stray carriage returns one for one, and keeps pairs', () => {
    expect(windowAt('\ud83d x\n🙂\r👩‍👩‍👧‸\udc00')).toMatchObject({
      prefix: '\ufffd x\n',
      currentLine: '🙂 👩‍👩‍👧',
      restOfLine: '\ufffd',
    });
  });

  it('reads only the lines it needs', () => {
    const query = queryAt(`${numbered(5_000)}x‸\n${numbered(5_000)}`);
    const { window } = readCursorContext(query);
    expect(query.document.reads).toBeLessThan(600);
    expect(window.prefix.length).toBeLessThanOrEqual(constants.prefixCharacters);
    expect(window.following.length).toBeLessThanOrEqual(constants.suffixCharacters);
    expect(window.prefix.endsWith('004999;\n')).toBe(true);
    expect(window.following.startsWith('\nline number 000000;')).toBe(true);
  });

  it('starts at the same line for many new lines', () => {
    const starts = Array.from({ length: 64 }, (_, more) => windowAt(`${numbered(5_000 + more)}‸`).prefixStartLine);
    expect(new Set(starts).size).toBeLessThanOrEqual(2);
    expect(starts.every((start) => start % 64 === 0)).toBe(true);
  });

  it('still holds three quarters of the budget after rounding, and keeps to a power of two when lines are long', () => {
    const long = `${'x'.repeat(900)}\n`.repeat(100);
    const { prefix, prefixStartLine } = windowAt(`${long}‸`);
    expect(prefix.length).toBeGreaterThan(constants.prefixCharacters * 0.7);
    expect(prefixStartLine % 2).toBe(0);
  });

  it('cuts lines that are only context', () => {
    const { prefix, following } = windowAt(`${'a'.repeat(50_000)}\nb‸\n${'c'.repeat(50_000)}`);
    expect([prefix.length, following.length]).toEqual([
      constants.contextLineCharacters + 1,
      constants.contextLineCharacters + 1,
    ]);
  });

  it('cuts a long current line at a place that stays put while it grows', () => {
    const line = `  ${'abcdefghij'.repeat(1_000)}`;
    const first = windowAt(`${line}‸`);
    const grown = windowAt(`${line}xyz‸${'z'.repeat(1_000_000)}`);
    expect(first.currentLine.length).toBeLessThanOrEqual(constants.currentLineCharacters);
    expect(grown.currentLine).toBe(`${first.currentLine}xyz`);
    expect(grown.restOfLine.length).toBe(constants.suffixCharacters);
    expect(first.indentation).toBe('  ');
  });

  it('never divides a surrogate pair', () => {
    const { prefix, currentLine, restOfLine } = windowAt(
      `${'🙂'.repeat(9_000)}\nx${'🙂'.repeat(9_000)}‸x${'🙂'.repeat(9_000)}`,
    );
    for (const text of [prefix, currentLine, restOfLine]) expect(text).not.toMatch(/\ufffd|\p{Surrogate}/u);
  });
});

describe('promptFromWindow', () => {
  const promptAt = (marked: string): ReturnType<typeof promptFromWindow> => {
    const context = readCursorContext(queryAt(marked));
    return promptFromWindow(context, context.suffix);
  };

  it('starts the suffix with a line feed where only closers follow, and leaves them to the bracket stack', () => {
    expect(promptAt('a\nfoo(‸)\nb')).toMatchObject({ prefix: 'a\n', currentLine: 'foo(', suffix: '\nb' });
    expect(promptAt('a\nfoo(‸);')).toMatchObject({ suffix: '' });
  });

  it('starts the suffix with the rest of the line where something else follows', () => {
    expect(promptAt('x = ‸ + 1\nb')).toMatchObject({ currentLine: 'x = ', suffix: ' + 1\nb' });
  });
});

describe('isClosersOnly', () => {
  it.each(['', '  ', ')', '))', ' });', '")', "');", ') {', '],', '>', '`', ':', ' );\t'])('%j', (rest) => {
    expect(isClosersOnly(rest)).toBe(true);
  });

  it.each(['a', ') + 1', '(', ');;', '.b', ') // done', '한'])('not %j', (rest) => {
    expect(isClosersOnly(rest)).toBe(false);
  });

  it('takes no time on long blanks', () => {
    const started = performance.now();
    isClosersOnly(`${' '.repeat(2_000)}x${' '.repeat(2_000)}x`);
    expect(performance.now() - started).toBeLessThan(20);
  });
});
