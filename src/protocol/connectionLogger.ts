import type { Logger } from 'vscode-jsonrpc';
import type { Log } from '../core/log.js';

/** vscode-jsonrpc's logger on a {@link Log}. Its messages may quote what was sent, hence trace. */
export function connectionLogger(log: Log): Logger {
  const trace = (message: string): void => log.trace(message);
  return { error: trace, warn: trace, info: trace, log: trace };
}
