import { commandIds, snoozeMinutes, type CommandId } from '../commandIds.js';
import type { Translate } from '../translate.js';
import type { StatusInputs } from './statusView.js';

/** A row of the menu, or the line above a group of rows. */
export type MenuEntry =
  | { readonly kind: 'separator'; readonly label: string }
  | {
      readonly kind: 'command';
      readonly icon: string;
      readonly label: string;
      readonly description?: string;
      readonly command: CommandId | 'workbench.action.openSettings';
      readonly argument?: string | number;
    };

/** The menu behind the status item: what can be done now, most likely first. */
export function menuEntries(inputs: StatusInputs, t: Translate): readonly MenuEntry[] {
  return [
    ...switchEntries(inputs, t),
    { kind: 'separator', label: t('Snooze') },
    ...snoozeEntries(inputs, t),
    { kind: 'separator', label: t('Model') },
    {
      kind: 'command',
      icon: 'package',
      label: t('Choose Model…'),
      ...(inputs.modelName !== undefined && { description: inputs.modelName }),
      command: commandIds.chooseModel,
    },
    { kind: 'command', icon: 'pulse', label: t('Show Engine State'), command: commandIds.showState },
    { kind: 'command', icon: 'refresh', label: t('Restart Engine'), command: commandIds.restartEngine },
    { kind: 'separator', label: t('Look Inside') },
    { kind: 'command', icon: 'lightbulb', label: t('Why This Suggestion?'), command: commandIds.explainSuggestion },
    { kind: 'command', icon: 'eye', label: t('Lenses…'), command: commandIds.openLensMenu },
    { kind: 'command', icon: 'graph', label: t('What Comes Next?'), command: commandIds.openNextTokens },
    { kind: 'command', icon: 'search', label: t('Find Code by Description…'), command: commandIds.findCode },
    { kind: 'command', icon: 'beaker', label: t('Tokenization Lab'), command: commandIds.openLab },
    { kind: 'separator', label: t('Help') },
    { kind: 'command', icon: 'question', label: t('Why Nothing?'), command: commandIds.explainNothing },
    { kind: 'command', icon: 'output', label: t('Show Log'), command: commandIds.showLog },
    {
      kind: 'command',
      icon: 'settings-gear',
      label: t('Open Settings'),
      command: 'workbench.action.openSettings',
      argument: 'glassbox.',
    },
  ];
}

function switchEntries({ enabled, language }: StatusInputs, t: Translate): readonly MenuEntry[] {
  const everywhere: MenuEntry = {
    kind: 'command',
    icon: enabled ? 'circle-slash' : 'check',
    label: enabled ? t('Switch Off Completion') : t('Switch On Completion'),
    command: commandIds.toggleCompletion,
  };
  if (language === undefined || !enabled) return [everywhere];
  const forLanguage: MenuEntry = {
    kind: 'command',
    icon: language.enabled ? 'circle-slash' : 'check',
    label: language.enabled ? t('Switch Off for {0}', language.name) : t('Switch On for {0}', language.name),
    command: commandIds.toggleLanguage,
    argument: language.id,
  };
  return [everywhere, forLanguage];
}

function snoozeEntries({ snoozedMinutes }: StatusInputs, t: Translate): readonly MenuEntry[] {
  const snooze = snoozeMinutes.map((minutes): MenuEntry => ({
    kind: 'command',
    icon: 'bell-slash',
    label: snoozeLabel(minutes, t),
    command: commandIds.snoozeCompletion,
    argument: minutes,
  }));
  if (snoozedMinutes === 0) return snooze;
  const end: MenuEntry = {
    kind: 'command',
    icon: 'bell',
    label: t('End Snooze'),
    description: t('{0} min left', snoozedMinutes),
    command: commandIds.snoozeCompletion,
    argument: 0,
  };
  return [end, ...snooze];
}

/** What a snooze of this length is called in menus. */
export function snoozeLabel(minutes: (typeof snoozeMinutes)[number], t: Translate): string {
  return minutes === 60 ? t('Snooze for 1 Hour') : t('Snooze for {0} Minutes', minutes);
}
