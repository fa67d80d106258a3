import { describe, expect, it } from 'vitest';
import type { CompletionSettings } from '../../../src/core/completion/completionQuery.js';
import { readCursorContext } from '../../../src/core/completion/cursorContext.js';
import { wantsSeveralLines } from '../../../src/core/completion/multiLine.js';
import { openSettings, queryAt } from '../../support/documentText.js';

interface Situation {
  readonly languageId?: string;
  readonly settings?: Partial<CompletionSettings>;
  readonly accepted?: boolean;
}

function wants(
  marked: string,
  { languageId = 'typescript', settings = {}, accepted = false }: Situation = {},
): boolean {
  const context = readCursorContext(queryAt(marked, { document: { languageId } }));
  return wantsSeveralLines(context, { ...openSettings, ...settings }, accepted);
}

describe('wantsSeveralLines: auto', () => {
  it.each([
    'function f() {‸',
    'function f() {‸}',
    'function f() {‸\n}',
    'class A {\n  f() {‸\n  }\n}',
    'const f = () => {‸\nnext();',
    'if (a) { // comment\n  ‸\n}',
    'function f() {\n  ‸\n}',
    'function f() {\n\n  ‸\n}',
    'const list = [\n  ‸\n];',
    '  #privateMethod() {‸\n  }',
  ])('several lines in %j', (marked) => {
    expect(wants(marked)).toBe(true);
  });

  it.each([
    'const a = ‸',
    'function f() {‸\n  return 1;\n}',
    'function f() {\n  ‸\n  return 1;\n}',
    'foo(‸)',
    '  a();\n  ‸\n  b();',
    'const x = {‸ a: 1 }',
    '‸',
  ])('one line in %j', (marked) => {
    expect(wants(marked)).toBe(false);
  });

  it.each([
    ['python', 'def f(x):‸'],
    ['python', 'def f(x):  # why\n    ‸\n\ndef g():\n    pass'],
    ['python', '값 = [\n    ‸\n]'],
    ['ruby', 'def f(x)\n  ‸\nend'],
    ['lua', 'if x then‸\nend'],
    ['shellscript', 'for a in b; do\n\t‸\ndone'],
  ])('%s: several lines in %j', (languageId, marked) => {
    expect(wants(marked, { languageId })).toBe(true);
  });

  it.each([
    ['python', 'def f(x):‸\n    return x'],
    ['python', 'x = 1\n‸'],
    ['typescript', 'case 1:‸'],
  ])('%s: one line in %j', (languageId, marked) => {
    expect(wants(marked, { languageId })).toBe(false);
  });

  it('right after an acceptance, unless something follows in the line', () => {
    expect(wants('const a = 1;‸', { accepted: true })).toBe(true);
    expect(wants('const a = ‸ + 1;', { accepted: true })).toBe(false);
  });
});

describe('wantsSeveralLines: settings', () => {
  it('never', () => {
    expect(wants('function f() {‸', { settings: { multiLine: 'never' }, accepted: true })).toBe(false);
    expect(wants('function f() {‸', { settings: { maxLines: 1 } })).toBe(false);
  });

  it('always, but not in front of other text', () => {
    expect(wants('const a = ‸', { settings: { multiLine: 'always' } })).toBe(true);
    expect(wants('const a = ‸ + 1', { settings: { multiLine: 'always' } })).toBe(false);
  });
});
