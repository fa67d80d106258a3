import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GlassboxError, throwIfAborted } from '../../../src/core/errors.js';
import { type LaneRequest, type LaneTurn, RequestLane } from '../../../src/engine/process/requestLane.js';
import { ManualClock, settle } from '../../support/manualClock.js';
import { settledError } from '../../support/settledError.js';

/** A request whose work the test ends; it also ends when it is aborted. */
class Work implements LaneRequest<string> {
  readonly maxWaiting: number = 3;
  readonly precedence: number = 0;
  readonly slot: string | undefined = undefined;
  readonly yields: boolean = false;
  readonly interjects: boolean = false;
  waitedMs = -1;
  isRunning = false;
  finish = (): void => undefined;
  /** Lets others through, as the lane told the work to. */
  giveWay = (): Promise<void> => Promise.resolve();

  constructor(
    readonly kind: string,
    how: Partial<Pick<LaneRequest<string>, 'precedence' | 'slot' | 'maxWaiting' | 'yields' | 'interjects'>> = {},
  ) {
    Object.assign(this, how);
  }

  readonly run = async (signal: AbortSignal, turn: LaneTurn): Promise<string> => {
    this.waitedMs = turn.waitedMs;
    this.giveWay = turn.giveWay;
    this.isRunning = true;
    try {
      await new Promise<void>((resolve) => {
        this.finish = resolve;
        signal.addEventListener('abort', () => resolve());
        if (signal.aborted) resolve();
      });
      throwIfAborted(signal);
      return this.kind;
    } finally {
      this.isRunning = false;
    }
  };
}

const never = new AbortController().signal;

describe('the request lane', () => {
  it('runs one request at a time, in order', async () => {
    const lane = new RequestLane(new ManualClock());
    const [first, second] = [new Work('first'), new Work('second')];
    const results = [lane.submit(first, never), lane.submit(second, never)];
    await settle();
    expect([first.isRunning, second.isRunning]).toEqual([true, false]);
    first.finish();
    expect(await results[0]).toBe('first');
    await settle();
    second.finish();
    expect(await results[1]).toBe('second');
  });

  it('says how long a request waited', async () => {
    const clock = new ManualClock();
    const lane = new RequestLane(clock);
    const [first, second] = [new Work('first'), new Work('second')];
    const results = [lane.submit(first, never), lane.submit(second, never)];
    await clock.advance(30);
    first.finish();
    await settle();
    second.finish();
    await Promise.all(results);
    expect([first.waitedMs, second.waitedMs]).toEqual([0, 30]);
  });

  it('keeps only the newest waiting request of a slot', async () => {
    const lane = new RequestLane(new ManualClock());
    const running = new Work('running');
    const result = lane.submit(running, never);
    const older = settledError(lane.submit(new Work('older', { slot: 'a' }), never));
    const newer = new Work('newer', { slot: 'a' });
    const newest = lane.submit(newer, never);
    expect((await older).code).toBe('cancelled');
    running.finish();
    await result;
    await settle();
    newer.finish();
    expect(await newest).toBe('newer');
  });

  it('does not replace the request that runs', async () => {
    const lane = new RequestLane(new ManualClock());
    const running = new Work('running', { slot: 'a' });
    const result = lane.submit(running, never);
    const waiting = settledError(lane.submit(new Work('waiting', { slot: 'a' }), AbortSignal.timeout(5)));
    running.finish();
    expect(await result).toBe('running');
    expect((await waiting).code).toBe('cancelled');
  });

  it('aborts a running request that yields to one that precedes it', async () => {
    const lane = new RequestLane(new ManualClock());
    const prefill = settledError(lane.submit(new Work('prefill', { precedence: 2, yields: true }), never));
    const generation = new Work('generation');
    const result = lane.submit(generation, never);
    expect((await prefill).code).toBe('cancelled');
    await settle();
    generation.finish();
    expect(await result).toBe('generation');
  });

  it('lets those that precede go first', async () => {
    const lane = new RequestLane(new ManualClock());
    const works = [3, 2, 0, 1].map((precedence) => new Work(String(precedence), { precedence }));
    const order: string[] = [];
    const results = works.map((work) => lane.submit(work, never).then((kind) => order.push(kind)));
    for (let count = 0; count < works.length; count++) {
      await settle();
      works.find(({ isRunning }) => isRunning)?.finish();
    }
    await Promise.all(results);
    expect(order).toEqual(['3', '0', '1', '2']);
  });

  it('refuses what would wait in too long a queue', async () => {
    const lane = new RequestLane(new ManualClock());
    const running = new Work('score');
    void lane.submit(running, never);
    for (let count = 0; count < 3; count++) void lane.submit(new Work('score'), never);
    const error = await settledError(lane.submit(new Work('score'), never));
    expect(error.code).toBe('engine-busy');
    expect(error.action).toBeDefined();
    expect(lane.waitingCount).toBe(3);
  });

  it('answers a waiting request as soon as it is cancelled', async () => {
    const lane = new RequestLane(new ManualClock());
    const running = new Work('running');
    void lane.submit(running, never);
    const controller = new AbortController();
    const waiting = settledError(lane.submit(new Work('waiting'), controller.signal));
    controller.abort();
    expect((await waiting).code).toBe('cancelled');
    expect(running.isRunning).toBe(true);
    expect(lane.waitingCount).toBe(0);
  });

  it('lets requests that interject run while a long one pauses, and no others', async () => {
    const lane = new RequestLane(new ManualClock());
    const long = new Work('long', { precedence: 2 });
    const result = lane.submit(long, never);
    const [first, second] = [1, 2].map((index) => new Work(`short ${index}`, { interjects: true }));
    const [beside, later] = [new Work('beside'), new Work('later', { precedence: 2, interjects: true })];
    const works = [first!, second!, beside, later];
    const results = works.map((work) => lane.submit(work, never));
    await settle();
    expect(works.map(({ isRunning }) => isRunning)).toEqual([false, false, false, false]);

    let isResumed = false;
    const pause = long.giveWay().then(() => (isResumed = true));
    await settle();
    expect(works.map(({ isRunning }) => isRunning)).toEqual([true, false, false, false]);
    first!.finish();
    await settle();
    expect([second!.isRunning, isResumed]).toEqual([true, false]);
    second!.finish();
    await pause;
    expect([long.isRunning, beside.isRunning, later.isRunning]).toEqual([true, false, false]);
    expect(lane.waitingCount).toBe(2);

    long.finish();
    await result;
    await settle();
    beside.finish();
    await settle();
    later.finish();
    expect(await Promise.all(results)).toEqual(['short 1', 'short 2', 'beside', 'later']);
  });

  it('aborts what interjected and yields, when one that precedes it arrives', async () => {
    const lane = new RequestLane(new ManualClock());
    const long = new Work('long', { precedence: 2 });
    const result = lane.submit(long, never);
    const prefill = settledError(
      lane.submit(new Work('prefill', { precedence: 1, yields: true, interjects: true }), never),
    );
    await settle();
    const pause = long.giveWay();
    await settle();
    const generation = new Work('generation', { interjects: true });
    const generated = lane.submit(generation, never);
    expect((await prefill).code).toBe('cancelled');
    await settle();
    generation.finish();
    expect(await generated).toBe('generation');
    await pause;
    long.finish();
    expect(await result).toBe('long');
  });

  it('goes on after work that throws before its first await', async () => {
    const lane = new RequestLane(new ManualClock());
    const run = (): never => {
      throw new GlassboxError('internal', 'thrown at once');
    };
    expect((await settledError(lane.submit(Object.assign(new Work('broken'), { run }), never))).code).toBe('internal');
    const next = new Work('next');
    const result = lane.submit(next, never);
    await settle();
    next.finish();
    expect(await result).toBe('next');
  });
});

interface Step {
  readonly do: 'submit' | 'finish' | 'cancel';
  readonly kind: number;
  readonly pick: number;
}

const kinds = [
  { precedence: 0, maxWaiting: 4, yields: false },
  { precedence: 0, maxWaiting: 4, yields: false, slot: 'automatic' },
  { precedence: 1, maxWaiting: 2, yields: false },
  { precedence: 2, maxWaiting: 2, yields: true, slot: 'ahead' },
];

const steps = fc.array(
  fc.record<Step>({
    do: fc.constantFrom('submit', 'submit', 'finish', 'cancel'),
    kind: fc.nat(kinds.length - 1),
    pick: fc.nat(1000),
  }),
  { maxLength: 60 },
);

describe('whatever is asked of the request lane', () => {
  it('one runs at a time, queues stay within their bounds, and every request settles once', async () => {
    await fc.assert(fc.asyncProperty(steps, checkSteps), { numRuns: 300, seed: 20261121 });
  });
});

async function checkSteps(script: readonly Step[]): Promise<void> {
  const lane = new RequestLane(new ManualClock());
  const entries: { work: Work; controller: AbortController; settledCount: number }[] = [];
  for (const step of script) {
    const open = entries.filter(({ settledCount }) => settledCount === 0);
    if (step.do === 'submit') {
      const work = new Work(`kind ${step.kind}`, kinds[step.kind]);
      const entry = { work, controller: new AbortController(), settledCount: 0 };
      const count = (): number => entry.settledCount++;
      lane.submit(work, entry.controller.signal).then(count, count);
      entries.push(entry);
    } else if (step.do === 'finish') {
      entries.find(({ work }) => work.isRunning)?.work.finish();
    } else {
      open[step.pick % open.length]?.controller.abort();
    }
    await settle();
    const running = entries.filter(({ work }) => work.isRunning);
    expect(running.length).toBeLessThanOrEqual(1);
    expect(lane.waitingCount).toBeLessThanOrEqual(4 + 2 + 2);
    expect(running.length === 0 && lane.waitingCount > 0).toBe(false);
  }
  for (const { controller } of entries) controller.abort();
  await settle();
  expect(entries.map(({ settledCount }) => settledCount)).toEqual(entries.map(() => 1));
  expect(lane.waitingCount).toBe(0);
}
