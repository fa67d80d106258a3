import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { skipReasons, type CompletionOutcome } from '../../../src/core/completion/completionOutcome.js';
import { errorCodes, GlassboxError } from '../../../src/core/errors.js';
import { commandIds } from '../../../src/host/commandIds.js';
import { nextSteps } from '../../../src/host/completion/nextSteps.js';
import { outcomeSentence } from '../../../src/host/completion/outcomeSentences.js';
import { errorSentence } from '../../../src/host/errorSentences.js';
import { candidateOf } from '../../support/candidates.js';
import { inEnglish, translateFrom } from './translateFrom.js';

const root = path.resolve(import.meta.dirname, '../../..');
const bundle = JSON.parse(readFileSync(path.join(root, 'media/l10n/bundle.l10n.ko.json'), 'utf8')) as Record<
  string,
  string
>;
const inKorean = translateFrom(bundle);
const context = { languageName: 'Python', fileName: '.env', snoozeMinutes: 3 };

function shown(text: string): CompletionOutcome {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const timings = { gateMs: 0, delayMs: 0, promptMs: 0, engineMs: 0, postProcessMs: 0, totalMs: 0 };
  return { kind: 'shown', source: 'cache', candidates: [candidateOf(text, range)], timings };
}

describe('every reason for silence', () => {
  it.each(skipReasons)('%s has a sentence in both languages and a next step', (reason) => {
    const outcome = { kind: 'skipped', reason } as const;

    expect(outcomeSentence(inEnglish, outcome, context)).toMatch(/^[A-Z.].*\.$/);
    expect(outcomeSentence(inKorean, outcome, context)).toMatch(/[가-힣].*\.$/);
    expect(nextSteps(inEnglish, outcome).length).toBeGreaterThan(0);
  });

  it('has a sentence of its own', () => {
    const sentences = skipReasons.map((reason) => outcomeSentence(inEnglish, { kind: 'skipped', reason }, context));

    expect(new Set(sentences).size).toBe(skipReasons.length);
  });
});

describe('every error', () => {
  it.each(errorCodes)('%s has a sentence in both languages and a next step', (code) => {
    const error = new GlassboxError(code, 'for the log');

    expect(errorSentence(inEnglish, error)).toMatch(/^[A-Z].*\.$/);
    expect(errorSentence(inKorean, error)).toMatch(/[가-힣].*\.$/);
    expect(nextSteps(inEnglish, { kind: 'failed', error }).length).toBeGreaterThan(0);
  });
});

describe('outcomeSentence', () => {
  it('names language, file and minutes where they matter', () => {
    const skipped = (reason: (typeof skipReasons)[number]): string =>
      outcomeSentence(inEnglish, { kind: 'skipped', reason }, context);

    expect(skipped('language-disabled')).toContain('Python');
    expect(skipped('secret-file')).toContain('.env');
    expect(skipped('snoozed')).toContain('3 min');
  });

  it('shows the first line of what was offered', () => {
    expect(outcomeSentence(inEnglish, shown('return 1;\n}'), context)).toContain('“return 1;”');
  });

  it('does not cut a long line inside a character', () => {
    const family = '👨‍👩‍👧‍👦';
    const sentence = outcomeSentence(inEnglish, shown(family.repeat(100)), context);

    expect(sentence).toContain(`“${family.repeat(59)}…”`);
  });
});

describe('nextSteps', () => {
  it.each([
    ['disabled', commandIds.toggleCompletion],
    ['language-disabled', commandIds.toggleLanguage],
    ['snoozed', commandIds.snoozeCompletion],
    ['no-model', commandIds.chooseModel],
  ] as const)('for %s begin with what undoes it', (reason, command) => {
    expect(nextSteps(inEnglish, { kind: 'skipped', reason })[0]?.command).toBe(command);
  });

  it('for a broken model lead to another one, for a dead engine to a restart', () => {
    const first = (code: (typeof errorCodes)[number]): string | undefined =>
      nextSteps(inEnglish, { kind: 'failed', error: new GlassboxError(code, '') })[0]?.command;

    expect(first('model-hash-mismatch')).toBe(commandIds.chooseModel);
    expect(first('engine-unavailable')).toBe(commandIds.restartEngine);
  });
});
