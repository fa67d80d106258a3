import { beforeEach, describe, expect, it } from 'vitest';
import { Heartbeat } from '../../../src/supervisor/heartbeat.js';
import { ManualClock } from '../../support/manualClock.js';

const intervalMs = 1000;
const limitMs = 5000;

let clock: ManualClock;
let heartbeat: Heartbeat;
let hangs: number[];
let answers: (() => void)[];

beforeEach(() => {
  clock = new ManualClock();
  hangs = [];
  answers = [];
  heartbeat = new Heartbeat({
    clock,
    intervalMs,
    limitMs: () => limitMs,
    ping: () => new Promise<void>((resolve) => answers.push(resolve)),
    onHang: (silentMs) => hangs.push(silentMs),
  });
});

async function answerPings(): Promise<void> {
  for (const answer of answers.splice(0)) answer();
  await Promise.resolve();
}

describe('the heartbeat', () => {
  it('is still while there is no work', async () => {
    await clock.advance(60_000);
    expect(answers).toHaveLength(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it('does not mind long work, as long as pings are answered', async () => {
    heartbeat.beginWork();
    for (let second = 0; second < 600; second++) {
      await clock.advance(intervalMs);
      await answerPings();
    }
    expect(hangs).toEqual([]);
  });

  it('reports silence once it has lasted too long, and then falls silent itself', async () => {
    heartbeat.beginWork();
    for (let second = 0; second < 60; second++) await clock.advance(intervalMs);
    expect(hangs).toEqual([limitMs]);
    expect(answers).toHaveLength(1);
    expect(clock.pendingTimers).toBe(0);
  });

  it('goes on after the work was given up, until a sign of life', async () => {
    const endWork = heartbeat.beginWork();
    endWork();
    await clock.advance(intervalMs);
    expect(answers).toHaveLength(1);
    await answerPings();
    await clock.advance(intervalMs);
    expect(clock.pendingTimers).toBe(0);
  });

  it('reports the hang of work that was given up', async () => {
    heartbeat.beginWork()();
    for (let second = 0; second < 10; second++) await clock.advance(intervalMs);
    expect(hangs).toEqual([limitMs]);
  });

  it('ends with stop', () => {
    heartbeat.beginWork();
    heartbeat.stop();
    heartbeat.beginWork();
    expect(clock.pendingTimers).toBe(0);
  });
});
