import type { GlassboxError, GlassboxErrorCode } from '../core/errors.js';
import type { Translate } from './translate.js';

/** What went wrong and what to do, for each code. The error's own English message goes to the log. */
const sentences: Readonly<Record<GlassboxErrorCode, (t: Translate) => string>> = {
  'bad-request': (t) => t('Glassbox asked the engine for something it cannot do. The log says what.'),
  cancelled: (t) => t('The request was cancelled.'),
  'context-too-long': (t) => t('The text is longer than the model can read.'),
  'engine-busy': (t) => t('The engine has too much to do. Try again in a moment.'),
  'engine-crashed': (t) => t('The engine stopped unexpectedly. It starts again with the next request.'),
  'engine-unavailable': (t) => t('The engine is down; the log says why. Restart it to try again.'),
  'engine-stopped': (t) => t('The engine was stopped.'),
  'file-unreadable': (t) => t('A file could not be read. The log says which.'),
  internal: (t) => t('Something went wrong inside Glassbox. The log has the details.'),
  'model-card-invalid': (t) => t('The description of the model (glassbox.json) is not valid.'),
  'model-file-missing': (t) => t('A file of the model is missing. Copy the whole model folder again.'),
  'model-hash-mismatch': (t) => t('A file of the model is damaged or was changed. Copy the model folder again.'),
  'model-load-failed': (t) => t('The model could not be loaded. The log says why.'),
  'model-not-found': (t) => t('The model was not found. Choose another one.'),
  'model-quarantined': (t) => t('The engine crashed twice with this model, so it is not used again in this window.'),
  'model-unsupported': (t) => t('This kind of model is not supported.'),
  'model-untrusted': (t) => t('This model is used only in workspaces you trust.'),
  'tokenizer-missing': (t) => t('The tokenizer of the model (tokenizer.json) is missing.'),
  'tokenizer-too-slow': (t) => t('The tokenizer takes too long over this text.'),
  'tokenizer-untrusted': (t) =>
    t('This tokenizer is used only after you chose it, and a model’s only in workspaces you trust.'),
  'tokenizer-unsupported': (t) => t('The tokenizer of the model is not supported.'),
};

/** Says in the user's language what went wrong and what to do about it. */
export function errorSentence(t: Translate, error: { readonly code: GlassboxErrorCode }): string {
  return sentences[error.code](t);
}

/** The codes that speak of one model and not of the engine: another model may work. */
const modelCodes: ReadonlySet<GlassboxErrorCode> = new Set<GlassboxErrorCode>([
  'model-card-invalid',
  'model-file-missing',
  'model-hash-mismatch',
  'model-load-failed',
  'model-not-found',
  'model-quarantined',
  'model-unsupported',
  'tokenizer-missing',
  'tokenizer-too-slow',
  'tokenizer-unsupported',
]);

/** True when the error is about the model asked for, so that a fallback to another model makes sense. */
export function isModelFault(error: GlassboxError): boolean {
  return modelCodes.has(error.code);
}
