import { describe, expect, it } from 'vitest';
import { decodeSetting } from '../../../src/host/settings/settingsTable.js';
import { changeLanguage, effectiveLevel, isLanguageEnabled } from '../../../src/host/settings/toggleTarget.js';

describe('decodeSetting', () => {
  it('passes a valid value on', () => {
    expect(decodeSetting('glassbox.completion.multiLine', 'always')).toEqual({ value: 'always', problem: undefined });
  });

  it('takes the default for a value that is not set, without a word', () => {
    expect(decodeSetting('glassbox.completion.maxLines', undefined)).toEqual({ value: 12, problem: undefined });
  });

  it.each([
    ['glassbox.completion.enabled', 'yes', true],
    ['glassbox.completion.multiLine', 'sometimes', 'auto'],
    ['glassbox.completion.maxLines', 0, 12],
    ['glassbox.completion.maxLines', 1.5, 12],
    ['glassbox.completion.maxLines', Number.NaN, 12],
    ['glassbox.completion.secretFiles', '**/x', []],
    ['glassbox.completion.secretFiles', [''], []],
    ['glassbox.models.folders', [1], []],
    ['glassbox.models.active', null, ''],
  ] as const)('takes the default of %s for %j and says so', (key, raw, fallback) => {
    const { value, problem } = decodeSetting(key, raw);

    expect(value).toEqual(fallback);
    expect(problem).toContain(key);
  });

  it('takes the whole default map when one language is neither on nor off', () => {
    const { value, problem } = decodeSetting('glassbox.completion.languages', { python: 'off' });

    expect(value).toMatchObject({ '*': true, dotenv: false });
    expect(problem).toBeDefined();
  });
});

describe('isLanguageEnabled', () => {
  it.each([
    [{}, true],
    [{ '*': false }, false],
    [{ '*': false, python: true }, true],
    [{ '*': true, python: false }, false],
  ])('%j switches Python to %s', (languages, enabled) => {
    expect(isLanguageEnabled(languages, 'python')).toBe(enabled);
  });
});

describe('effectiveLevel', () => {
  it.each([
    [{}, 'global'],
    [{ globalValue: false }, 'global'],
    [{ globalValue: true, workspaceValue: false }, 'workspace'],
    [{ workspaceValue: true, workspaceFolderValue: false }, 'workspaceFolder'],
  ])('of %j is %s', (levels, level) => {
    expect(effectiveLevel(levels)).toBe(level);
  });
});

describe('changeLanguage', () => {
  it('writes the language beside what the user already set, without copying defaults', () => {
    const change = changeLanguage({ globalValue: { go: false } }, 'python', false);

    expect(change).toEqual({ level: 'global', languages: { go: false, python: false } });
  });

  it('changes the innermost level that names the language, since that one wins', () => {
    const levels = { globalValue: { python: true }, workspaceValue: { python: false, go: true } };

    expect(changeLanguage(levels, 'python', true)).toEqual({
      level: 'workspace',
      languages: { python: true, go: true },
    });
  });

  it('leaves a workspace alone that does not name the language', () => {
    const levels = { workspaceValue: { go: true } };

    expect(changeLanguage(levels, 'python', true)).toEqual({ level: 'global', languages: { python: true } });
  });
});
