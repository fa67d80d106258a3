import { describe, expect, it } from 'vitest';
import { CompletionCache } from '../../../src/core/completion/completionCache.js';
import { completionConstants as constants } from '../../../src/core/completion/completionConstants.js';
import { lineAnchors, type KeyScope } from '../../../src/core/completion/completionKey.js';
import { readCursorContext } from '../../../src/core/completion/cursorContext.js';
import { greedy } from '../../../src/core/sampling/samplingOptions.js';
import { originOf } from '../../support/candidates.js';
import { openSettings, queryAt, type QueryChanges } from '../../support/documentText.js';
import { resultOf } from '../../support/scriptedEngine.js';

const scope: KeyScope = {
  model: { id: 'code', hash: 'abc', contextLength: 1_024 },
  settings: openSettings,
  sampling: greedy,
};
const anchorsAt = (marked: string, changes: QueryChanges = {}, scopeHere = scope): ReturnType<typeof lineAnchors> =>
  lineAnchors(readCursorContext(queryAt(marked, changes)), scopeHere);
const keyAt = (marked: string, changes: QueryChanges = {}, scopeHere = scope): string =>
  [...anchorsAt(marked, changes, scopeHere)][0]?.key ?? '';
const entry = (key: string, base: string, text: string, multiLine = false): Parameters<CompletionCache['add']>[0] => ({
  key,
  base,
  multiLine,
  generation: resultOf(text),
  origin: originOf(),
});

describe('lineAnchors', () => {
  it('gives the cursor’s line first, then the lines above with all that was typed since', () => {
    expect([...anchorsAt('a\n\nb\nc‸')].map(({ typed }) => typed)).toEqual(['c', 'b\nc', '\nb\nc', 'a\n\nb\nc']);
    expect([...anchorsAt('\nc‸')].map(({ typed }) => typed)).toEqual(['c', '\nc']);
    expect([...anchorsAt('‸')].map(({ typed }) => typed)).toEqual(['']);
  });

  it('gives each line the key it had when the cursor was there', () => {
    const later = [...anchorsAt('a\nb\nc\nd‸\nz')].map(({ key }) => key);
    expect(later.slice(0, 3)).toEqual([keyAt('a\nb\nc\n‸\nz'), keyAt('a\nb\n‸\nz'), keyAt('a\n‸\nz')]);
  });

  it('stops after so many lines', () => {
    expect([...anchorsAt(`${'x\n'.repeat(100)}‸`)]).toHaveLength(constants.typedThroughLines);
  });
});

describe('the key', () => {
  const here = keyAt('above\nline‸\nbelow');

  it.each<[string, string, QueryChanges, Partial<KeyScope>]>([
    ['the text above', 'abovE\nline‸\nbelow', {}, {}],
    ['the text below', 'above\nline‸\nbeloW', {}, {}],
    ['the rest of the line', 'above\nline‸ + 1\nbelow', {}, {}],
    ['the language', 'above\nline‸\nbelow', { document: { languageId: 'python' } }, {}],
    ['the document', 'above\nline‸\nbelow', { document: { uri: 'file:///other.ts' } }, {}],
    ['the model', 'above\nline‸\nbelow', {}, { model: { ...scope.model, id: 'other' } }],
    ['the model’s hash', 'above\nline‸\nbelow', {}, { model: { ...scope.model, hash: 'def' } }],
    ['the number of lines', 'above\nline‸\nbelow', {}, { settings: { ...openSettings, maxLines: 3 } }],
    ['one line or several', 'above\nline‸\nbelow', {}, { settings: { ...openSettings, multiLine: 'never' } }],
    ['the temperature', 'above\nline‸\nbelow', {}, { sampling: { ...greedy, temperature: 0.6 } }],
    ['the seed', 'above\nline‸\nbelow', {}, { sampling: { ...greedy, seed: 1 } }],
  ])('changes with %s', (_, marked, changes, scopeChanges) => {
    expect(keyAt(marked, changes, { ...scope, ...scopeChanges })).not.toBe(here);
  });

  it('does not change with the current line, its closers, line ends, or text far above', () => {
    expect(keyAt('above\nli‸\nbelow')).toBe(here);
    expect(keyAt('above\nline(‸);\nbelow')).toBe(here);
    expect(keyAt('above\r\nline‸\r\nbelow')).toBe(here);
    const far = 'x'.repeat(900);
    expect(keyAt(`first ${`${far}\n`.repeat(8)}line‸`)).toBe(keyAt(`other ${`${far}\n`.repeat(8)}line‸`));
  });
});

describe('CompletionCache', () => {
  it('finds the generation made nearest to the cursor', () => {
    const cache = new CompletionCache();
    const key = keyAt('‸');
    cache.add(entry(key, 'a', 'bcdef'));
    cache.add(entry(key, 'abc', 'xyz'));
    cache.add(entry(key, 'abc', 'xyz!'));

    expect(cache.find(anchorsAt('abc‸'), false)?.text).toBe('xyz!');
    expect(cache.find(anchorsAt('abcd‸'), false)?.text).toBe('ef');
    expect(cache.find(anchorsAt('abcq‸'), false)).toBeUndefined();
    expect(cache.find(anchorsAt('‸'), false)).toBeUndefined();
    expect(cache.size).toBe(2);
  });

  it('finds a generation of several lines further down', () => {
    const cache = new CompletionCache();
    cache.add(entry(keyAt('f() {‸\nz'), 'f() {', '\n  a;\n  b;\n}', true));
    expect(cache.find(anchorsAt('f() {\n  a;\n  ‸\nz'), false)).toMatchObject({ text: 'b;\n}', multiLine: true });
  });

  it('gives nothing when all of it was typed, but an empty answer at its own place', () => {
    const cache = new CompletionCache();
    cache.add(entry(keyAt('‸'), 'a', 'b'));
    cache.add(entry(keyAt('‸'), 'q', ''));
    expect(cache.find(anchorsAt('ab‸'), false)).toBeUndefined();
    expect(cache.find(anchorsAt('q‸'), false)?.text).toBe('');
  });

  it('keeps generations of one line and of several apart', () => {
    const cache = new CompletionCache();
    cache.add(entry(keyAt('‸'), 'a', 'one'));
    expect(cache.find(anchorsAt('a‸'), true)).toBeUndefined();
    cache.add(entry(keyAt('‸'), 'a', 'one\ntwo', true));
    expect(cache.find(anchorsAt('a‸'), true)?.text).toBe('one\ntwo');
  });

  it('holds 200 generations and drops the least recently used, whatever line they belong to', () => {
    const cache = new CompletionCache();
    const key = keyAt('‸');
    for (let index = 0; index < constants.cacheEntries; index++) cache.add(entry(key, `base ${String(index)}`, 'text'));
    cache.find(anchorsAt('base 0‸'), false);

    cache.add(entry(keyAt('other\n‸'), '', 'text'));

    expect(cache.size).toBe(200);
    expect(cache.find(anchorsAt('base 0‸'), false)?.text).toBe('text');
    expect(cache.find(anchorsAt('base 1‸'), false)).toBeUndefined();
    expect(cache.find(anchorsAt('base 2‸'), false)?.text).toBe('text');
  });
});
