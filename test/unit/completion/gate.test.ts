import { describe, expect, it } from 'vitest';
import type { CompletionModel, CompletionSettings } from '../../../src/core/completion/completionQuery.js';
import type { TextPosition } from '../../../src/core/completion/documentSnapshot.js';
import { gate, type GateInputs } from '../../../src/core/completion/gate.js';
import { SecretFiles } from '../../../src/core/completion/secretFiles.js';
import { openSettings, queryAt, type QueryChanges } from '../../support/documentText.js';

const model: CompletionModel = { id: 'code', hash: 'abc', contextLength: 1_024 };
const inputs: GateInputs = { settings: openSettings, model, secretFiles: new SecretFiles(), nowMs: 1_000 };

const reasonAt = (marked: string, changes: QueryChanges = {}, more: Partial<GateInputs> = {}): string | undefined =>
  gate(queryAt(marked, changes), { ...inputs, ...more });
const withSettings = (settings: Partial<CompletionSettings>): Partial<GateInputs> => ({
  settings: { ...openSettings, ...settings },
});
const cursor = (line: number, character: number): { anchor: TextPosition; active: TextPosition } => ({
  anchor: { line, character },
  active: { line, character },
});

describe('gate', () => {
  it.each(['const a = ‸', '‸', 'foo(‸)', 'const x = ‸ + 1;', '한글 👩‍👩‍👧‸', 'a\r\nb‸\r\n', '\tif (a) {‸'])(
    'lets %j through',
    (marked) => {
      expect(reasonAt(marked)).toBeUndefined();
    },
  );

  it.each<[string, QueryChanges, Partial<GateInputs>]>([
    ['disabled', {}, withSettings({ enabled: false })],
    ['language-disabled', {}, withSettings({ languages: { '*': true, typescript: false } })],
    ['language-disabled', {}, withSettings({ languages: { '*': false } })],
    ['snoozed', {}, withSettings({ snoozedUntilMs: 1_001 })],
    ['scheme-unsupported', { document: { scheme: 'output' } }, {}],
    ['scheme-unsupported', { document: { scheme: 'git' } }, {}],
    ['secret-file', { document: { path: 'config/.env.local' } }, {}],
    ['secret-file', { document: { path: 'notes/diary.txt' } }, withSettings({ secretFiles: ['notes/**'] })],
    ['read-only', { document: { isReadonly: true } }, {}],
    ['composing', { isComposing: true }, {}],
    [
      'selection-not-empty',
      { selections: [{ anchor: { line: 0, character: 0 }, active: { line: 0, character: 3 } }] },
      {},
    ],
    ['no-model', {}, { model: undefined }],
    ['text-after-cursor', {}, { model: { ...model, fillsInTheMiddle: false } }],
  ])('refuses: %s', (reason, changes, more) => {
    expect(reasonAt('const ‸x = 1;', changes, more)).toBe(reason);
  });

  it('lets an explicit language setting win over the fallback, and a snooze end', () => {
    expect(reasonAt('‸', {}, withSettings({ languages: { '*': false, typescript: true } }))).toBeUndefined();
    expect(reasonAt('‸', {}, withSettings({ snoozedUntilMs: 1_000 }))).toBeUndefined();
  });

  it('answers an explicit request while snoozed, but not where completion is switched off', () => {
    expect(reasonAt('‸', { trigger: 'explicit' }, withSettings({ snoozedUntilMs: 1_001 }))).toBeUndefined();
    expect(reasonAt('‸', { trigger: 'explicit' }, withSettings({ enabled: false }))).toBe('disabled');
  });

  it('names what the user decided before what the document is, so that the reason is the one to act on', () => {
    const document = { path: '.env', scheme: 'output', languageId: 'dotenv' };
    expect(reasonAt('‸', { document }, withSettings({ enabled: false }))).toBe('disabled');
    expect(reasonAt('‸', { document }, withSettings({ languages: { dotenv: false } }))).toBe('secret-file');
  });

  it('allows only closers after the cursor to a model that does not fill in the middle', () => {
    const leftToRight = { model: { ...model, fillsInTheMiddle: false } };
    expect(reasonAt('foo(‸);', {}, leftToRight)).toBeUndefined();
    expect(reasonAt('foo(‸) + 1', {}, leftToRight)).toBe('text-after-cursor');
    expect(reasonAt(`foo(‸${' '.repeat(50_000)}x`, {}, leftToRight)).toBeUndefined();
  });
});

describe('gate: cursor', () => {
  it.each<[string, Partial<TextPosition>]>([
    ['behind the last line', { line: 2 }],
    ['before the first line', { line: -1 }],
    ['past the line end', { character: 4 }],
    ['before the line start', { character: -1 }],
    ['not a whole number', { character: 0.5 }],
    ['not a number', { line: NaN }],
    ['inside a surrogate pair', { line: 1, character: 1 }],
  ])('refuses a cursor %s', (_, change) => {
    const query = queryAt('a‸bc\n🙂');
    expect(gate({ ...query, position: { ...query.position, ...change } }, inputs)).toBe('cursor-outside-document');
  });

  it('refuses an empty document only when the cursor is not in it', () => {
    expect(reasonAt('‸')).toBeUndefined();
  });

  it.each(['a\0b‸', 'ok‸\n\0', '\0\nok‸'])('takes %j for a binary document', (marked) => {
    expect(reasonAt(marked)).toBe('binary-document');
  });

  it('does not look for NUL far away', () => {
    expect(reasonAt('\0\n\n\nok‸')).toBeUndefined();
  });
});

describe('gate: several cursors', () => {
  it('asks for the primary one when all stand in the same surroundings', () => {
    const selections = [cursor(0, 4), cursor(1, 4)];
    expect(reasonAt('foo(‸)\nfoo()', { selections })).toBeUndefined();
  });

  it.each<[string, string]>([
    ['left sides differ', 'foo(‸)\nbar()'],
    ['right sides differ', 'foo(‸)\nfoo(x)'],
    ['one stands outside', 'foo(‸)\nfo'],
  ])('says so when %s', (_, marked) => {
    expect(reasonAt(marked, { selections: [cursor(0, 4), cursor(1, 4)] })).toBe('several-cursors-differ');
  });

  it('refuses when any of them selects something', () => {
    const selecting = { anchor: { line: 1, character: 0 }, active: { line: 1, character: 4 } };
    expect(reasonAt('foo(‸)\nfoo()', { selections: [cursor(0, 4), selecting] })).toBe('selection-not-empty');
  });
});

describe('gate: IntelliSense', () => {
  const item = (text: string, start: number, end: number, line = 0): QueryChanges => ({
    selectedSuggestion: { text, range: { start: { line, character: start }, end: { line, character: end } } },
  });

  it.each([
    ['typed beginning', item('console', 0, 4)],
    ['nothing typed', item('x', 4, 4)],
    ['replacing to the right', item('console', 0, 6)],
  ])('accepts an item with %s', (_, changes) => {
    expect(reasonAt('cons‸ab', changes)).toBeUndefined();
  });

  it.each([
    ['found by a fuzzy match', item('createConsole', 0, 4)],
    ['in other case', item('Console', 0, 4)],
    ['of several lines', item('cons\nole', 0, 4)],
    ['in another line', item('cons', 0, 4, 1)],
    ['beside the cursor', item('ab', 5, 6)],
    ['past the line end', item('console', 0, 9)],
  ])('refuses an item %s', (_, changes) => {
    expect(reasonAt('cons‸ab\ncons', changes)).toBe('suggest-widget-conflict');
  });
});
