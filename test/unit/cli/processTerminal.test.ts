import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createProcessTerminal } from '../../../src/cli/processTerminal.js';
import { chunksOf } from './fakes.js';

/** A pipe whose reader takes a chunk only when the test says so. */
class SlowPipe extends Writable {
  readonly taken: string[] = [];
  #take: (() => void) | undefined;

  constructor() {
    super({ highWaterMark: 1 });
  }

  override _write(chunk: Buffer, _encoding: string, callback: (error?: Error) => void): void {
    this.#take = () => {
      this.taken.push(chunk.toString());
      callback();
    };
  }

  take(): void {
    this.#take?.();
  }
}

describe('createProcessTerminal', () => {
  it('waits until a full pipe was read', async () => {
    const pipe = new SlowPipe();
    const terminal = createProcessTerminal(
      { stdin: chunksOf(''), stdout: pipe, stderr: new SlowPipe() },
      () => undefined,
    );
    let isWritten = false;
    const write = terminal.write('abc').then(() => {
      isWritten = true;
    });
    await new Promise(setImmediate);
    expect(isWritten).toBe(false);
    pipe.take();
    await write;
    expect(pipe.taken).toEqual(['abc']);
  });

  it('drops what nobody reads any more, says so, and blocks no one', async () => {
    const pipe = new SlowPipe();
    let closings = 0;
    const terminal = createProcessTerminal(
      { stdin: chunksOf(''), stdout: pipe, stderr: new SlowPipe() },
      () => closings++,
    );
    const write = terminal.write('abc');
    pipe.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    await write;
    await terminal.write('more');
    expect({ closings, taken: pipe.taken }).toEqual({ closings: 1, taken: [] });
  });
});
