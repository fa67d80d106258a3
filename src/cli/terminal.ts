/** Standard input and output as a dependency, so that tests read what a user would see. */
export interface Terminal {
  /** Bytes of standard input, in chunks of any size. */
  readonly input: AsyncIterable<Uint8Array>;
  /** Appends to standard output; resolves when the reader took enough of it for more to be written. */
  write(text: string): Promise<void>;
  /** Appends to standard error. */
  writeError(text: string): void;
  /** True when standard error is a terminal, where a line can be written over. */
  readonly showsProgress: boolean;
}

/** Writes one line to standard error, whatever line breaks the message has. */
export function reportLine(terminal: Terminal, message: string): void {
  terminal.writeError(`glassbox: ${message.replaceAll(/\s*[\r\n]+\s*/g, ' ').trim()}\n`);
}

/** Writes a line to standard error over the one before it, where somebody can see that; an empty one clears it. */
export function showProgress(terminal: Terminal, message: string): void {
  if (terminal.showsProgress) terminal.writeError(`\r\u001B[K${message}`);
}
