import type { CompletionSettings } from '../../core/completion/completionQuery.js';
import type { Log } from '../../core/log.js';

/** As in an editor whose user changed nothing, but for every language: the user asked for this file. */
export const editorSettings: CompletionSettings = {
  enabled: true,
  languages: { '*': true },
  secretFiles: [],
  multiLine: 'auto',
  maxLines: 40,
  memory: 'file',
  snoozedUntilMs: 0,
};

/** A terminal command says what it has to say itself. */
export const silentLog: Log = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
