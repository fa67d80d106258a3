/** Levels of `core/log.ts`. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error'] as const;

/** One of {@link logLevels}. */
export type LogLevel = (typeof logLevels)[number];

const pattern = new RegExp(`^\\[(${logLevels.join('|')})\\] (.*)$`);

/** One message as one line for the engine's standard error; line breaks in it are escaped. */
export function formatLogLine(level: LogLevel, message: string): string {
  return `[${level}] ${message.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}\n`;
}

/** Reads a line back; a line of another origin (V8, native code) is at `debug`. */
export function parseLogLine(line: string): { readonly level: LogLevel; readonly message: string } {
  const match = pattern.exec(line);
  if (match === null) return { level: 'debug', message: line };
  const message = match[2]!.replaceAll(/\\([nr\\])/g, (_whole, escaped: string) => escapes[escaped] ?? escaped);
  return { level: match[1] as LogLevel, message };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', '\\': '\\' };
