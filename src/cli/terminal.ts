/** Standard input and output as a dependency, so that tests read what a user would see. */
export interface Terminal {
  /** Bytes of standard input, in chunks of any size. */
  readonly input: AsyncIterable<Uint8Array>;
  /** Appends to standard output; resolves when the reader took enough of it for more to be written. */
  write(text: string): Promise<void>;
  /** Appends to standard error. */
  writeError(text: string): void;
}

/** Writes one line to standard error, whatever line breaks the message has. */
export function reportLine(terminal: Terminal, message: string): void {
  terminal.writeError(`glassbox: ${message.replaceAll(/\s*[\r\n]+\s*/g, ' ').trim()}\n`);
}
