import { describe, expect, it } from 'vitest';
import { parseFileTarget } from '../../../src/cli/fileTarget.js';

describe('parseFileTarget', () => {
  it.each([
    ['src/a.ts:3:7', 'src/a.ts', 2, 6],
    [String.raw`C:\src\a.ts:1:1`, String.raw`C:\src\a.ts`, 0, 0],
    ['a:b:12:34', 'a:b', 11, 33],
    ['12:34:5:6', '12:34', 4, 5],
    ['한글 파일.py:10:2', '한글 파일.py', 9, 1],
  ])('reads %s', (text, path, line, character) => {
    expect(parseFileTarget(text)).toEqual({ path, position: { line, character } });
  });

  it.each([
    'a.ts',
    'a.ts:3',
    'a.ts:0:1',
    'a.ts:1:0',
    'a.ts:-1:1',
    'a.ts:1:x',
    ':1:1',
    'a.ts:1:1:',
    'a.ts:1:9999999999',
  ])('refuses %s and says what to write', (text) => {
    expect(() => parseFileTarget(text)).toThrow(
      expect.objectContaining({
        code: 'bad-request',
        action: expect.stringContaining('src/app.ts:12:5') as string,
      }) as Error,
    );
  });
});
