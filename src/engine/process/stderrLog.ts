import type { Log } from '../../core/log.js';
import { formatLogLine, type LogLevel } from '../../protocol/logLine.js';

/** Writes each message as a line that the supervisor can read back (`protocol/logLine.ts`). */
export function stderrLog(stream: { write(text: string): unknown }): Log {
  const at = (level: LogLevel) => (message: string) => {
    stream.write(formatLogLine(level, message));
  };
  return { trace: at('trace'), debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
