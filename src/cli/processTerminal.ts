import type { Writable } from 'node:stream';
import type { Terminal } from './terminal.js';

/** The three standard streams of a process. */
export interface StandardStreams {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean };
}

/**
 * A terminal over a process's streams. `onOutputClosed` is called when the reader of standard output goes away
 * (`glassbox ... | head`): from then on writes are dropped, and the caller should stop working.
 */
export function createProcessTerminal(
  { stdin, stdout, stderr }: StandardStreams,
  onOutputClosed: () => void,
): Terminal {
  let isClosed = false;
  const waiting: (() => void)[] = [];
  const release = (): void => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  stdout.on('drain', release);
  stdout.on('error', () => {
    isClosed = true;
    release();
    onOutputClosed();
  });
  // Nobody reads the errors: the exit code still tells.
  stderr.on('error', () => undefined);
  return {
    input: stdin,
    async write(text) {
      if (isClosed || stdout.write(text)) return;
      await new Promise<void>((resolve) => waiting.push(resolve));
    },
    writeError(text) {
      stderr.write(text);
    },
    showsProgress: stderr.isTTY === true,
  };
}
