import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import 'vscode-jsonrpc/node';
import { GlassboxError } from '../../../src/core/errors.js';
import type { EngineHandlers } from '../../../src/protocol/engineContract.js';
import type { EngineStatus } from '../../../src/supervisor/engineStatus.js';
import { Supervisor } from '../../../src/supervisor/supervisor.js';
import { FakeEngineChild } from '../../support/fakeEngineChild.js';
import { generationParams } from '../../support/generationParams.js';
import { ManualClock } from '../../support/manualClock.js';
import { createScriptedHandlers } from '../../support/scriptedHandlers.js';
import { settledError } from '../../support/settledError.js';
import { silentLog } from '../../support/silentLog.js';

const model = path.resolve('model-a');
const minuteMs = 60_000;

let clock: ManualClock;
let children: FakeEngineChild[];
let handlers: EngineHandlers;
let supervisor: Supervisor;
let statuses: EngineStatus['kind'][];

beforeEach(() => {
  clock = new ManualClock();
  children = [];
  handlers = createScriptedHandlers();
  supervisor = new Supervisor({ launch, clock, log: silentLog });
  statuses = [];
  supervisor.onDidChangeStatus(({ kind }) => statuses.push(kind));
});
afterEach(async () => {
  await supervisor.dispose();
  for (const child of children) child.dispose();
});

function launch(): FakeEngineChild {
  const child = new FakeEngineChild(handlers);
  children.push(child);
  return child;
}

function latestChild(): FakeEngineChild {
  const child = children.at(-1);
  if (child === undefined) throw new Error('no engine was started');
  return child;
}

/** Resolves at once when the supervisor has the status. */
function reached(kind: EngineStatus['kind']): Promise<void> {
  if (supervisor.status.kind === kind) return Promise.resolve();
  return new Promise((resolve) => {
    const subscription = supervisor.onDidChangeStatus((status) => {
      if (status.kind !== kind) return;
      subscription.dispose();
      resolve();
    });
  });
}

/** Starts the engine if needed, and lets it crash. */
async function crash(): Promise<void> {
  await supervisor.call('engine/state', {});
  latestChild().exit(null, 'SIGSEGV');
}

describe('the states of the engine', () => {
  it('begin with stopped: nothing starts before the first call', async () => {
    await clock.advance(minuteMs);
    expect(supervisor.status).toEqual({ kind: 'stopped' });
    expect(children).toHaveLength(0);
  });

  it('go through starting to ready', async () => {
    await supervisor.call('engine/state', {});
    expect(statuses).toEqual(['starting', 'ready']);
    expect(supervisor.status).toEqual({ kind: 'ready', generation: 1, pid: 4711 });
  });

  it('start one process for calls that arrive together', async () => {
    await Promise.all([supervisor.call('engine/state', {}), supervisor.call('models/load', { folder: model })]);
    expect(children).toHaveLength(1);
  });

  it('wait longer after each crash within the window', async () => {
    const waits: number[] = [];
    for (let count = 0; count < 3; count++) {
      await crash();
      const { status } = supervisor;
      if (status.kind === 'backoff') waits.push(status.retryInMs);
      await clock.advance(status.kind === 'backoff' ? status.retryInMs : 0);
      await reached('ready');
    }
    expect(waits).toEqual([500, 1000, 2000]);
    expect(children).toHaveLength(4);
  });

  it('end in down with the fourth crash, and stay there', async () => {
    for (let count = 0; count < 4; count++) {
      await crash();
      await clock.advance(10_000);
    }
    expect(supervisor.status.kind).toBe('down');
    expect(await settledError(supervisor.call('engine/state', {}))).toMatchObject({ code: 'engine-unavailable' });
    await clock.advance(60 * minuteMs);
    expect(children).toHaveLength(4);
    expect(supervisor.status.kind).toBe('down');
  });

  it('forget crashes that are older than the window', async () => {
    for (let count = 0; count < 6; count++) {
      await crash();
      expect(supervisor.status).toMatchObject({ kind: 'backoff' });
      await clock.advance(minuteMs + 1);
    }
    expect(supervisor.status.kind).not.toBe('down');
  });

  it('leave down by restart, with a clean record', async () => {
    for (let count = 0; count < 4; count++) {
      await crash();
      await clock.advance(10_000);
    }
    await supervisor.restart();
    expect(supervisor.status.kind).toBe('ready');
    await crash();
    expect(supervisor.status).toMatchObject({ kind: 'backoff', retryInMs: 500, crashCount: 1 });
  });

  it('do not count a restart or a disposal as a crash', async () => {
    for (let count = 0; count < 6; count++) await supervisor.restart();
    expect(supervisor.status).toMatchObject({ kind: 'ready', generation: 6 });
    await supervisor.dispose();
    expect(statuses.at(-1)).toBe('stopped');
    expect(clock.pendingTimers).toBe(0);
  });

  it('end in down at once when starting again cannot help', async () => {
    const error = new GlassboxError('engine-unavailable', 'There is no engine.', { action: 'Get one.' });
    const broken = new Supervisor({
      launch: () => {
        throw error;
      },
      clock,
      log: silentLog,
    });
    expect(await settledError(broken.call('engine/state', {}))).toBe(error);
    expect(broken.status).toEqual({ kind: 'down', error });
  });
});

describe('calls', () => {
  it('made while the engine is away wait for it', async () => {
    await crash();
    const answer = supervisor.call('engine/state', {});
    await clock.advance(500);
    expect((await answer).pid).toBe(process.pid);
  });

  it('that wait for a start can be cancelled', async () => {
    await crash();
    const controller = new AbortController();
    const error = settledError(supervisor.call('engine/state', {}, { signal: controller.signal }));
    controller.abort();
    expect((await error).code).toBe('cancelled');
  });

  it('on their way when the engine dies are rejected, and may be repeated at once', async () => {
    await supervisor.call('engine/state', {});
    const repeated = supervisor
      .call('completion/generate', generationParams(model, 'steps', 8192))
      .catch(() => supervisor.call('models/load', { folder: model }));
    latestChild().exit(1, null);
    await clock.advance(500);
    expect(await repeated).toMatchObject({ folder: model });
  });

  it('never see an answer or progress of an earlier generation', async () => {
    let answerLate = (): void => undefined;
    const original = handlers;
    const entered = new Promise<void>((resolve) => {
      handlers = {
        ...original,
        'completion/generate': async (params, context) => {
          resolve();
          await new Promise<void>((answer) => {
            answerLate = answer;
          });
          context.report({ text: 'stale', tokenCount: 1 });
          return original['completion/generate'](params, context);
        },
      };
    });
    const seen: string[] = [];
    const onProgress = ({ text }: { text: string }): number => seen.push(text);
    const first = settledError(
      supervisor.call('completion/generate', generationParams(model, 'steps', 1), { onProgress }),
    );
    await entered;
    latestChild().exit(null, 'SIGKILL');
    expect((await first).code).toBe('engine-crashed');
    handlers = original;
    await clock.advance(500);
    const second = supervisor.call('completion/generate', generationParams(model, 'steps', 2), { onProgress });
    answerLate();
    expect((await second).text).toBe('xx');
    expect(seen).toEqual(['x', 'xx']);
  });

  it('after disposal are rejected', async () => {
    await supervisor.call('engine/state', {});
    await supervisor.dispose();
    expect(await settledError(supervisor.call('engine/state', {}))).toMatchObject({ code: 'engine-stopped' });
    expect(latestChild().killCount).toBe(1);
  });
});

describe('quarantine', () => {
  /** Resolves once the engine has begun to generate; `error` is what becomes of the request. */
  async function startGenerating(folder: string, signal: AbortSignal): Promise<{ error: Promise<GlassboxError> }> {
    let error = Promise.resolve(new GlassboxError('internal', 'not started'));
    await new Promise<void>((resolve) => {
      const options = { signal, onProgress: () => resolve() };
      error = settledError(supervisor.call('completion/generate', generationParams(folder, 'steps', 8192), options));
    });
    return { error };
  }

  async function crashWhileInUse(folder: string): Promise<void> {
    const { error } = await startGenerating(folder, new AbortController().signal);
    latestChild().exit(null, 'SIGSEGV');
    expect((await error).code).toBe('engine-crashed');
    await clock.advance(5000);
  }

  it('knows a folder by whatever path leads to it', async () => {
    await crashWhileInUse('model-a');
    await crashWhileInUse('./other/../model-a');
    expect(supervisor.quarantinedModels).toEqual([model]);
    expect(await settledError(supervisor.call('models/load', { folder: model }))).toMatchObject({
      code: 'model-quarantined',
    });
  });

  it('needs two crashes of the same model', async () => {
    await crashWhileInUse('model-a');
    await crashWhileInUse('model-b');
    expect(supervisor.quarantinedModels).toEqual([]);
  });

  it('blames a request that its caller had given up', async () => {
    for (let count = 0; count < 2; count++) {
      const controller = new AbortController();
      const { error } = await startGenerating(model, controller.signal);
      controller.abort();
      expect((await error).code).toBe('cancelled');
      latestChild().exit(null, 'SIGSEGV');
      await clock.advance(5000);
    }
    expect(supervisor.quarantinedModels).toEqual([model]);
  });

  it('does not blame a request that was cancelled before it was sent', async () => {
    for (let count = 0; count < 2; count++) {
      await supervisor.call('engine/state', {});
      const controller = new AbortController();
      const call = settledError(supervisor.call('models/load', { folder: model }, { signal: controller.signal }));
      controller.abort();
      expect((await call).code).toBe('cancelled');
      latestChild().exit(null, 'SIGSEGV');
      await clock.advance(5000);
    }
    expect(supervisor.quarantinedModels).toEqual([]);
  });

  it('blames nobody for a crash without work', async () => {
    await supervisor.call('models/load', { folder: model });
    await crash();
    await clock.advance(500);
    await reached('ready');
    await crash();
    expect(supervisor.quarantinedModels).toEqual([]);
  });
});
