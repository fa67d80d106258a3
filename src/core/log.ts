/** Where a layer writes what it does. Text of the user's files goes to `trace` only. */
export interface Log {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
