import { describe, expect, it } from 'vitest';
import { pause, untilAborted } from '../../../src/core/flow/abortable.js';
import { ManualClock } from '../../support/manualClock.js';

describe('pause', () => {
  it('ends when its time has come, and not before', async () => {
    const clock = new ManualClock();
    let done = false;
    const paused = pause(clock, 50, new AbortController().signal).then(() => (done = true));

    await clock.advance(49);
    expect(done).toBe(false);
    await clock.advance(1);
    expect(done).toBe(true);
    await paused;
  });

  it('rejects with `cancelled` and leaves no timer behind when the signal aborts', async () => {
    const clock = new ManualClock();
    const controller = new AbortController();
    const paused = pause(clock, 50, controller.signal);

    controller.abort();

    await expect(paused).rejects.toMatchObject({ code: 'cancelled' });
    expect(clock.pendingTimers).toBe(0);
  });

  it('sets no timer for a delay of 0', async () => {
    const clock = new ManualClock();
    await pause(clock, 0, new AbortController().signal);
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('untilAborted', () => {
  it('passes on the value and the error', async () => {
    const { signal } = new AbortController();
    await expect(untilAborted(Promise.resolve(7), signal)).resolves.toBe(7);
    await expect(untilAborted(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
  });

  it('rejects at once when the signal was aborted before', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(untilAborted(new Promise(() => undefined), controller.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
