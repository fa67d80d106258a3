import type { SkipReason } from '../../core/completion/completionOutcome.js';

/** Why `complete` offers nothing, as a sentence for a terminal. */
export const skipSentences: Readonly<Record<SkipReason, string>> = {
  disabled: 'Completion is switched off.',
  'language-disabled': 'Completion is switched off for this language.',
  snoozed: 'Completion is snoozed.',
  'scheme-unsupported': 'Only files are completed.',
  'secret-file': 'This looks like a file with secrets, so the model never gets to see it.',
  'read-only': 'The document is read-only.',
  'selection-not-empty': 'Text is selected.',
  'several-cursors-differ': 'The text before the cursors differs.',
  composing: 'A character is still being composed.',
  'text-after-cursor': 'Text follows the cursor in its line, and this model can only continue at a line end.',
  'binary-document': 'This document looks like binary data.',
  'cursor-outside-document': 'The position is not in the document.',
  'suggest-widget-conflict': 'What the model wrote does not start with the selected item.',
  'blank-result': 'The model had nothing to add here.',
  'repeats-following-text': 'What the model wrote already stands after the cursor.',
  'repeats-itself': 'What the model wrote repeated itself, so it was dropped.',
  'equals-neighbouring-line': 'What the model wrote is the same as the line next to it.',
  'contains-secret': 'What the model wrote looks like a password or key, so it was dropped.',
  'no-model': 'No usable model was found.',
};
