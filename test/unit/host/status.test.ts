import { describe, expect, it } from 'vitest';
import { commandIds } from '../../../src/host/commandIds.js';
import { menuEntries, type MenuEntry } from '../../../src/host/status/menuEntries.js';
import { statusView, type StatusInputs, type StatusKind } from '../../../src/host/status/statusView.js';
import { inEnglish } from './translateFrom.js';

const ready: StatusInputs = {
  enabled: true,
  language: { id: 'python', name: 'Python', enabled: true },
  snoozedMinutes: 0,
  engine: 'ready',
  generating: false,
  modelName: 'Small Code',
  modelProblem: undefined,
  trusted: true,
};
const off = { id: 'python', name: 'Python', enabled: false };
const broken = { name: 'My Model', code: 'model-hash-mismatch' } as const;

describe('statusView', () => {
  it.each<[StatusKind, Partial<StatusInputs>, string]>([
    ['ready', {}, 'Small Code is ready.'],
    ['ready', { engine: 'stopped', modelName: undefined }, 'The engine starts when it is needed.'],
    ['generating', { generating: true }, 'Small Code is writing.'],
    ['starting', { engine: 'starting' }, 'The engine is starting.'],
    ['starting', { engine: 'backoff' }, 'The engine is starting again.'],
    ['off', { enabled: false }, 'switched off.'],
    ['language-off', { language: off }, 'switched off for Python files.'],
    ['snoozed', { snoozedMinutes: 7 }, 'another 7 min'],
    ['engine-down', { engine: 'down' }, 'Restart it'],
    ['model-problem', { modelProblem: broken }, '“My Model” cannot be used'],
    ['model-problem', { modelProblem: { name: undefined, code: 'model-not-found' } }, 'No usable model'],
    ['restricted', { trusted: false }, 'only the bundled model'],
  ])('is %s for %j', (kind, changes, sentence) => {
    const view = statusView({ ...ready, ...changes }, inEnglish);

    expect(view.kind).toBe(kind);
    expect(view.sentence).toContain(sentence);
  });

  it.each<[StatusKind, Partial<StatusInputs>]>([
    ['off', { enabled: false, snoozedMinutes: 5, engine: 'down', language: off }],
    ['snoozed', { snoozedMinutes: 5, engine: 'down', language: off }],
    ['engine-down', { engine: 'down', modelProblem: broken, language: off }],
    ['model-problem', { modelProblem: broken, language: off, generating: true }],
    ['language-off', { language: off, engine: 'starting', trusted: false }],
  ])('shows %s first when several things are true', (kind, changes) => {
    expect(statusView({ ...ready, ...changes }, inEnglish).kind).toBe(kind);
  });

  it('warns only of what needs the user', () => {
    const warns = (changes: Partial<StatusInputs>): boolean => statusView({ ...ready, ...changes }, inEnglish).warning;

    expect([{ engine: 'down' } as const, { modelProblem: broken }].map(warns)).toEqual([true, true]);
    expect([{}, { enabled: false }, { snoozedMinutes: 1 }, { trusted: false }].map(warns)).not.toContain(true);
  });

  it('says which model completes instead of a broken one', () => {
    expect(statusView({ ...ready, modelProblem: broken }, inEnglish).sentence).toContain(
      'Small Code completes instead.',
    );
  });

  it('keeps the status bar short', () => {
    const { text } = statusView({ ...ready, modelName: 'A Model With a Name That Is Much Too Long' }, inEnglish);

    expect(text).toBe('A Model With a Name That Is…');
  });
});

function commands(inputs: StatusInputs): string[] {
  return menuEntries(inputs, inEnglish).flatMap((entry) => (entry.kind === 'command' ? [entry.command] : []));
}

function entry(inputs: StatusInputs, label: string): MenuEntry | undefined {
  return menuEntries(inputs, inEnglish).find((candidate) => candidate.label === label);
}

describe('menuEntries', () => {
  it('offer everything there is to do', () => {
    const { triggerSuggestion, openMenu, clearMarks, ...others } = commandIds;
    const inLensMenu: readonly string[] = [
      commandIds.toggleTokenLens,
      commandIds.toggleTokensPerLine,
      commandIds.chooseTokenizer,
      commandIds.showExpensiveLines,
      commandIds.toggleProbabilityLens,
      commandIds.chooseLensModel,
      commandIds.compareModels,
      commandIds.switchOffLenses,
    ];
    const offered = Object.values(others).filter((command) => !inLensMenu.includes(command));

    expect(commands(ready)).toEqual(expect.arrayContaining(offered));
    for (const command of [triggerSuggestion, openMenu, clearMarks, ...inLensMenu]) {
      expect(commands(ready)).not.toContain(command);
    }
  });

  it('switch off what is on and on what is off', () => {
    expect(entry(ready, 'Switch Off for Python')).toMatchObject({ argument: 'python' });
    expect(entry({ ...ready, language: off }, 'Switch On for Python')).toMatchObject({ argument: 'python' });
    expect(entry({ ...ready, enabled: false }, 'Switch On Completion')).toBeDefined();
  });

  it('offer no language without an editor', () => {
    expect(commands({ ...ready, language: undefined })).not.toContain(commandIds.toggleLanguage);
  });

  it('offer the end of a snooze only while there is one', () => {
    expect(entry(ready, 'End Snooze')).toBeUndefined();
    expect(entry({ ...ready, snoozedMinutes: 4 }, 'End Snooze')).toMatchObject({
      argument: 0,
      description: '4 min left',
    });
  });
});
