import { once } from 'node:events';
import type { Terminal } from './terminal.js';

/** The three standard streams of a process. */
export interface StandardStreams {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
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
  stdout.on('error', () => {
    isClosed = true;
    onOutputClosed();
  });
  // Nobody reads the errors: the exit code still tells.
  stderr.on('error', () => undefined);
  return {
    input: stdin,
    async write(text) {
      if (isClosed || stdout.write(text)) return;
      await Promise.race([once(stdout, 'drain'), once(stdout, 'close')]).catch(() => undefined);
    },
    writeError(text) {
      stderr.write(text);
    },
  };
}
