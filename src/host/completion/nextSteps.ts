import type { CompletionOutcome } from '../../core/completion/completionOutcome.js';
import { commandIds, type CommandId } from '../commandIds.js';
import { isModelFault } from '../errorSentences.js';
import type { Translate } from '../translate.js';

/** A button of a message: what it says and what it runs. */
export interface NextStep {
  readonly title: string;
  readonly command: CommandId | 'workbench.action.openSettings' | 'vscode.openFolder';
  readonly argument?: string | number;
}

/** What the user can do about an outcome; the most useful button first, at most two. */
export function nextSteps(t: Translate, outcome: CompletionOutcome): readonly NextStep[] {
  const showLog: NextStep = { title: t('Show Log'), command: commandIds.showLog };
  const chooseModel: NextStep = { title: t('Choose Model…'), command: commandIds.chooseModel };
  if (outcome.kind === 'failed') {
    if (isModelFault(outcome.error)) return [chooseModel, showLog];
    return [{ title: t('Restart Engine'), command: commandIds.restartEngine }, showLog];
  }
  if (outcome.kind !== 'skipped') return [{ title: t('Ask Again'), command: commandIds.triggerSuggestion }];
  switch (outcome.reason) {
    case 'disabled':
      return [{ title: t('Switch On Completion'), command: commandIds.toggleCompletion }];
    case 'language-disabled':
      return [{ title: t('Switch On for This Language'), command: commandIds.toggleLanguage }];
    case 'snoozed':
      return [{ title: t('End Snooze'), command: commandIds.snoozeCompletion, argument: 0 }];
    case 'no-model':
      return [chooseModel, showLog];
    case 'secret-file':
      return [openSetting(t, 'glassbox.completion.secretFiles')];
    case 'blank-result':
    case 'repeats-following-text':
    case 'repeats-itself':
    case 'equals-neighbouring-line':
      return [{ title: t('Ask Again'), command: commandIds.triggerSuggestion }, showLog];
    default:
      return [showLog];
  }
}

/** Opens the settings editor at one setting. */
export function openSetting(t: Translate, key: string): NextStep {
  return { title: t('Open Settings'), command: 'workbench.action.openSettings', argument: key };
}
