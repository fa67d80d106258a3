import { describe, expect, it } from 'vitest';
import { followUntilAborted } from '../../../../src/host/panels/followUntilAborted.js';
import { settledError } from '../../../support/settledError.js';

/** Something that changes. */
class Source {
  value = 1;
  readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): { dispose(): void } => {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  };

  change(value: number): void {
    this.value = value;
    for (const listener of this.listeners) listener();
  }
}

describe('followUntilAborted', () => {
  it('reports what is there, then every change, until it is aborted', async () => {
    const source = new Source();
    const seen: number[] = [];
    const controller = new AbortController();
    const context = { signal: controller.signal, report: (value: number) => seen.push(value) };

    const following = settledError(followUntilAborted(context, () => source.value, source.subscribe));
    source.change(2);
    source.change(3);
    controller.abort();
    source.change(4);

    expect((await following).code).toBe('cancelled');
    expect(seen).toEqual([1, 2, 3]);
    expect(source.listeners.size).toBe(0);
  });

  it('ends with the error of a snapshot, and listens no more', async () => {
    const source = new Source();
    const context = { signal: new AbortController().signal, report: (): void => undefined };
    const snapshot = (): number => {
      if (source.value > 1) throw new RangeError('too much');
      return source.value;
    };

    const following = settledError(followUntilAborted(context, snapshot, source.subscribe));
    source.change(2);

    expect(await following).toMatchObject({ code: 'internal', message: 'too much' });
    expect(source.listeners.size).toBe(0);
  });

  it('does not begin after it was aborted', async () => {
    const source = new Source();
    const seen: number[] = [];
    const context = { signal: AbortSignal.abort(), report: (value: number) => seen.push(value) };

    expect((await settledError(followUntilAborted(context, () => 1, source.subscribe))).code).toBe('cancelled');
    expect(seen).toEqual([]);
    expect(source.listeners.size).toBe(0);
  });
});
