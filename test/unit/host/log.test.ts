import { describe, expect, it } from 'vitest';
import { oneLine } from '../../../src/host/log.js';
import { shorten } from '../../../src/host/shorten.js';

describe('oneLine', () => {
  it.each([
    ['a\nb', 'a\\nb'],
    ['a\r\n2026-01-01 [info] forged', 'a\\u000d\\n2026-01-01 [info] forged'],
    ['\u001b[31mred', '\\u001b[31mred'],
    ['a\u2028b\u0085c', 'a\\u2028b\\u0085c'],
    ['한국어 👍 stays', '한국어 👍 stays'],
  ])('shows %j as %j', (message, line) => {
    expect(oneLine(message)).toBe(line);
  });
});

describe('shorten', () => {
  it.each([
    ['short', 'short'],
    ['exactly8', 'exactly8'],
    ['one more!', 'one mor…'],
    ['🇰🇷🇰🇷🇰🇷🇰🇷🇰🇷🇰🇷🇰🇷🇰🇷🇰🇷', '🇰🇷🇰🇷🇰🇷🇰🇷🇰🇷🇰🇷🇰🇷…'],
    ['한국어로된긴이름', '한국어로된긴이름'],
  ])('cuts %s to %s', (text, expected) => {
    expect(shorten(text, 8)).toBe(expected);
  });
});
