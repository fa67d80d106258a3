import { describe, expect, it } from 'vitest';
import { codeText, isCodePath, mostFileBytes } from '../../../src/core/workspace/codeFiles.js';
import { IgnoreRules } from '../../../src/core/workspace/ignoreRules.js';

describe('IgnoreRules', () => {
  it.each([
    ['out', 'src/out/a.ts', true],
    ['out', 'out', true],
    ['/out', 'src/out/a.ts', false],
    ['/out', 'out/a.ts', true],
    ['src/out', 'src/out/a.ts', true],
    ['src/out', 'x/src/out/a.ts', false],
    ['out/', 'out', false],
    ['out/', 'out/a.ts', true],
    ['*.js', 'lib/a.js', true],
    ['*.js\n!keep.js', 'lib/keep.js', false],
    ['lib/\n!lib/keep.js', 'lib/keep.js', true],
    ['lib/*\n!lib/keep.js', 'lib/keep.js', false],
    ['**/gen/**', 'a/gen/b.ts', true],
    ['# lib\n\n  ', 'lib/a.ts', false],
    ['\\#lib', '#lib/a.ts', true],
    ['a{b}', 'a{b}', true],
    ['.cache', 'x/.cache/a.ts', true],
    ['lib  ', 'lib/a.ts', true],
  ])('%j over %s: %s', (text, path, isIgnored) => {
    expect(new IgnoreRules([{ folder: '', text }]).ignoresFile(path)).toBe(isIgnored);
  });

  it('lets the file of a deeper folder decide, for what is below it', () => {
    const rules = new IgnoreRules([
      { folder: 'app', text: '!made.ts' },
      { folder: '', text: 'made.ts' },
    ]);
    expect(['app/made.ts', 'lib/made.ts', 'apple/made.ts'].map((path) => rules.ignoresFile(path))).toEqual([
      false,
      true,
      true,
    ]);
  });
});

describe('code files', () => {
  it.each([
    ['a.ts', true],
    ['A.PY', true],
    ['x.min.js', false],
    ['api.pb.go', false],
    ['README.md', false],
    ['Makefile', false],
  ])('%s: %s', (path, isCode) => {
    expect(isCodePath(path)).toBe(isCode);
  });

  it('are text of hand-written size, without a byte order mark', () => {
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    expect(codeText(bytes('\ufeffa = 1'))).toBe('a = 1');
    expect(codeText(bytes('a\0b'))).toBeUndefined();
    expect(codeText(bytes('x'.repeat(30_000)))).toBeUndefined();
    expect(codeText(bytes('x\n'.repeat(mostFileBytes / 2 + 1)))).toBeUndefined();
  });
});
