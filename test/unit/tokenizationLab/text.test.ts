import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textWindows } from '../../../webview/tokenizationLab/textWindow.js';
import { visibleInline, visibleText } from '../../../webview/tokenizationLab/visibleText.js';
import { maxReplayedLength, wordAround } from '../../../webview/tokenizationLab/wordAround.js';
import { anyText } from '../text/anyText.js';

describe('visibleText', () => {
  it.each([
    ['a b', 'a·b'],
    ['\tx\n', '→\tx↵\n'],
    ['\r\n', '␍↵\n'],
    ['\r', '␍'],
    ['\0\u001b', '\\u0000\\u001b'],
    ['\u00a0\u2028\ufeff', '\\u00a0\\u2028\\ufeff'],
    ['a\ud83dz', 'a\\ud83dz'],
    ['\udc00', '\\udc00'],
    ['\u200d', '\\u200d'],
    ['\ufe0f', '\\ufe0f'],
    ['\u202eabc', '\\u202eabc'],
    ['👩‍👩‍👧 한글', '👩‍👩‍👧·한글'],
    ['\u{e0001}', '\\u{e0001}'],
  ])('of %j is %j', (text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });

  it('stays in one line where it must', () => {
    expect(visibleInline('a\n\tb')).toBe('a↵→b');
  });
});

describe('textWindows', () => {
  it('tile the text, split no pair, and are no longer than they may be', () => {
    const property = fc.property(anyText, fc.integer({ min: 2, max: 20 }), (text, length) => {
      const windows = textWindows(text, length);
      expect(windows.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
      for (const { start, end } of windows) {
        expect(end - start).toBeLessThanOrEqual(length);
        expect(/[\ud800-\udbff]$/.test(text.slice(start, end)) && /^[\udc00-\udfff]/.test(text.slice(end))).toBe(false);
      }
    });
    fc.assert(property, { seed: 20261121 });
  });

  it('end between lines where they can', () => {
    expect(textWindows('aaaa\nbbbb\ncccc', 12).map(({ end }) => end)).toEqual([10, 14]);
  });

  it('are one for an empty text', () => {
    expect(textWindows('')).toEqual([{ start: 0, end: 0 }]);
  });
});

describe('wordAround', () => {
  it.each([
    ['the middle of a word', 'const openTasks = 1', 8, 10, ' openTasks'],
    ['a blank and a word', 'const openTasks = 1', 5, 10, ' openTasks'],
    ['the first word', 'const openTasks', 1, 2, 'const'],
    ['a line end', 'a\nb', 1, 2, '\n'],
    ['the end', 'a b', 2, 3, ' b'],
  ])('takes %s', (_what, text, start, end, word) => {
    const around = wordAround(text, { start, end });

    expect(text.slice(around.start, around.end)).toBe(word);
  });

  it('takes no more than can be followed', () => {
    const { start, end } = wordAround('x'.repeat(10_000), { start: 5000, end: 5001 });

    expect(end - start).toBe(maxReplayedLength);
  });
});
