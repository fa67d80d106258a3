import { beforeEach, describe, expect, it } from 'vitest';
import { Snooze } from '../../../src/host/completion/snooze.js';
import { ManualClock } from '../../support/manualClock.js';

let clock: ManualClock;
let changes: number[];
let snooze: Snooze;

beforeEach(() => {
  clock = new ManualClock();
  changes = [];
  snooze = new Snooze(clock, () => changes.push(snooze.remainingMinutes));
});

describe('Snooze', () => {
  it('is off at first', () => {
    expect([snooze.untilMs, snooze.remainingMinutes]).toEqual([0, 0]);
  });

  it('tells the minutes left as they pass, and its end', async () => {
    snooze.start(3);
    await clock.advance(3 * 60_000);

    expect(changes).toEqual([3, 2, 1, 0]);
    expect(snooze.untilMs).toBe(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it('ends at once when asked', async () => {
    snooze.start(15);
    snooze.end();
    await clock.advance(60 * 60_000);

    expect(changes).toEqual([15, 0]);
  });

  it('starts anew when snoozed again', async () => {
    snooze.start(5);
    await clock.advance(90_000);
    snooze.start(60);

    expect(snooze.remainingMinutes).toBe(60);
    expect(clock.pendingTimers).toBe(1);
  });

  it('says nothing more after it was disposed', async () => {
    snooze.start(5);
    snooze.dispose();
    await clock.advance(10 * 60_000);

    expect(changes).toEqual([5]);
  });
});
