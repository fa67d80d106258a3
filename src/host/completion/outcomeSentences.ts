import type { CompletionOutcome, CompletionSource, SkipReason } from '../../core/completion/completionOutcome.js';
import { errorSentence } from '../errorSentences.js';
import { shorten } from '../shorten.js';
import type { Translate } from '../translate.js';

/** What a sentence may speak of besides the reason. */
export interface OutcomeContext {
  readonly languageName: string;
  readonly fileName: string;
  readonly snoozeMinutes: number;
}

type Sentence = (t: Translate, context: OutcomeContext) => string;

/** Why nothing was offered, one sentence for each reason. */
const skipSentences: Readonly<Record<SkipReason, Sentence>> = {
  disabled: (t) => t('Completion is switched off in the settings.'),
  'language-disabled': (t, { languageName }) => t('Completion is switched off for {0} files.', languageName),
  snoozed: (t, { snoozeMinutes }) => t('Completion is snoozed for another {0} min.', snoozeMinutes),
  'scheme-unsupported': (t) => t('This kind of editor is not completed, because its text is not a file or a draft.'),
  'secret-file': (t, { fileName }) =>
    t('{0} looks like a file with secrets, so the model never gets to see it.', fileName),
  'read-only': (t) => t('This document is read-only.'),
  'selection-not-empty': (t) => t('Text is selected; completion waits for a cursor without a selection.'),
  'several-cursors-differ': (t) =>
    t('The text before the cursors differs, so one suggestion would not fit all of them.'),
  composing: (t) => t('A character is still being composed by the input method.'),
  'text-after-cursor': (t) =>
    t('Text follows the cursor in this line, and this model can only continue at a line end.'),
  'binary-document': (t) => t('This document looks like binary data.'),
  'cursor-outside-document': (t) => t('The document changed, and the cursor position is no longer in it.'),
  'suggest-widget-conflict': (t) => t('The suggestion list is open, and its selected item cannot be continued here.'),
  'blank-result': (t) => t('The model had nothing to add here.'),
  'repeats-following-text': (t) => t('What the model wrote already stands after the cursor.'),
  'repeats-itself': (t) => t('What the model wrote repeated itself, so it was dropped.'),
  'equals-neighbouring-line': (t) => t('What the model wrote is the same as the line next to it.'),
  'contains-secret': (t) => t('What the model wrote looks like a password or key, so it was dropped.'),
  'no-model': (t) => t('No usable model was found.'),
};

const sourceSentences: Readonly<Record<CompletionSource, (t: Translate) => string>> = {
  'typed-through': (t) => t('It continues the suggestion you were typing along.'),
  cache: (t) => t('It was remembered from an earlier request.'),
  running: (t) => t('It came from a request that was already running.'),
  model: (t) => t('The model wrote it just now.'),
};

/** Says in the user's language how a request ended. */
export function outcomeSentence(t: Translate, outcome: CompletionOutcome, context: OutcomeContext): string {
  switch (outcome.kind) {
    case 'skipped':
      return skipSentence(t, outcome.reason, context);
    case 'cancelled':
      return t('The request was cancelled because the text or the cursor moved on.');
    case 'failed':
      return errorSentence(t, outcome.error);
    case 'shown': {
      const offered = t('Glassbox offered “{0}”.', preview(outcome.candidates[0]?.text ?? ''));
      return [offered, sourceSentences[outcome.source](t)].join(' ');
    }
  }
}

/** Says in the user's language why the model was not asked, or its answer not used. */
export function skipSentence(t: Translate, reason: SkipReason, context: OutcomeContext): string {
  return skipSentences[reason](t, context);
}

const previewLength = 60;

/** First visible line of a suggestion. */
function preview(text: string): string {
  return shorten(text.trim().split('\n', 1)[0] ?? '', previewLength).trimEnd();
}
