import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';
import { forkedEngine } from '../../../src/supervisor/forkedEngine.js';
import { Supervisor } from '../../../src/supervisor/supervisor.js';
import type { SupervisorLimits } from '../../../src/supervisor/supervisorLimits.js';
import { testEngine } from '../../support/engineProcess.js';
import { generationParams } from '../../support/generationParams.js';
import { waitForExit } from '../../support/processes.js';
import { settledError } from '../../support/settledError.js';
import { silentLog } from '../../support/silentLog.js';

const clock = systemClock(globalThis);
const model = path.resolve('models/any');
const endless = 8192;
/** For tests of hanging: long enough for a healthy engine on a busy machine. */
const impatient: Partial<SupervisorLimits> = { heartbeatMs: 100, hangMs: 3000 };

let scripted = '';
beforeAll(async () => {
  scripted = await testEngine('scripted');
});

const supervisors: Supervisor[] = [];
function supervise(entry: string, limits: Partial<SupervisorLimits> = {}): Supervisor {
  const launch = forkedEngine({ entry, clock, log: silentLog });
  const supervisor = new Supervisor({ launch, clock, log: silentLog, limits: { firstRetryMs: 20, ...limits } });
  supervisors.push(supervisor);
  return supervisor;
}
afterEach(async () => {
  await Promise.all(supervisors.splice(0).map((supervisor) => supervisor.dispose()));
});

async function pidOf(supervisor: Supervisor): Promise<number> {
  return (await supervisor.call('engine/state', {})).pid;
}

/** Starts a generation that goes on for ever; `error` is what becomes of it. */
async function startGeneration(supervisor: Supervisor, folder = model): Promise<{ error: Promise<Error> }> {
  let error: Promise<Error> = Promise.resolve(new Error());
  await new Promise<void>((resolve) => {
    error = settledError(
      supervisor.call('completion/generate', generationParams(folder, 'steps', endless), {
        onProgress: () => resolve(),
      }),
    );
  });
  return { error };
}

describe('an engine process', () => {
  it('is not started before the first call', async () => {
    const supervisor = supervise(scripted);
    expect(supervisor.status.kind).toBe('stopped');
    const pid = await pidOf(supervisor);
    expect(pid).not.toBe(process.pid);
    expect(supervisor.status).toEqual({ kind: 'ready', generation: 1, pid });
  });

  it('streams, and stops between decode steps when cancelled', async () => {
    const supervisor = supervise(scripted);
    const controller = new AbortController();
    const counts: number[] = [];
    const onProgress = ({ tokenCount }: { tokenCount: number }): void => {
      counts.push(tokenCount);
      if (tokenCount === 3) controller.abort();
    };
    const options = { signal: controller.signal, onProgress };
    const error = await settledError(
      supervisor.call('completion/generate', generationParams(model, 'steps', endless), options),
    );
    expect(error.code).toBe('cancelled');
    expect(counts).toEqual([1, 2, 3]);
    // The lane is free again: one more generation gets its turn although the first would have run for 40 s.
    const result = await supervisor.call('completion/generate', generationParams(model, 'steps', 2));
    expect(result.text).toBe('xx');
  });

  it('killed while it generates, rejects within 100 ms (median of 5) and serves the next call', async () => {
    const supervisor = supervise(scripted);
    const delaysMs: number[] = [];
    for (let round = 0; round < 5; round++) {
      const pid = await pidOf(supervisor);
      const { error } = await startGeneration(supervisor);
      const killedMs = performance.now();
      process.kill(pid, 'SIGKILL');
      expect(await error).toMatchObject({ code: 'engine-crashed' });
      delaysMs.push(performance.now() - killedMs);
      const next = await supervisor.call('completion/generate', generationParams(model, 'steps', 1));
      expect(next.text).toBe('x');
      await supervisor.restart();
    }
    expect(delaysMs.sort((a, b) => a - b)[2]).toBeLessThan(100);
  });

  it('stays down after four crashes, and starts again on request', async () => {
    const supervisor = supervise(scripted);
    for (let crash = 1; crash <= 4; crash++) {
      const pid = await pidOf(supervisor);
      process.kill(pid, 'SIGKILL');
      await new Promise<void>((resolve) => {
        const subscription = supervisor.onDidChangeStatus(() => {
          subscription.dispose();
          resolve();
        });
      });
    }
    expect(supervisor.status.kind).toBe('down');
    expect(await settledError(pidOf(supervisor))).toMatchObject({
      code: 'engine-unavailable',
      message: 'The engine stopped 4 times within 3 minutes and stays off.',
    });
    await supervisor.restart();
    expect(supervisor.status.kind).toBe('ready');
    expect(await pidOf(supervisor)).toBeGreaterThan(0);
  });

  it('that dies at every start goes down by itself, with the reason', async () => {
    const supervisor = supervise(await testEngine('exitsAtStart'));
    const error = await settledError(pidOf(supervisor));
    expect(error.code).toBe('engine-unavailable');
    expect(error.cause).toMatchObject({ message: 'The engine stopped unexpectedly (exit code 1).' });
  });

  it('that cannot load its native library says so at once, without being started again', async () => {
    const supervisor = supervise(await testEngine('cannotLoad'));
    const error = await settledError(pidOf(supervisor));
    expect(error.code).toBe('engine-unavailable');
    expect(error.message).toMatch(/ONNX Runtime does not load on this machine \(.+\): libonnxruntime\.so\.1: version/);
    expect(error.action).toBeDefined();
    expect(supervisor.status.kind).toBe('down');
  });

  it.each([
    ['the program of the engine', { entry: '/nonexistent/engine.cjs' }],
    ['the program that runs it', { execPath: '/nonexistent/node' }],
  ])('names what is missing: %s', async (_what, missing) => {
    const launch = forkedEngine({ entry: scripted, clock, log: silentLog, ...missing });
    const supervisor = new Supervisor({ launch, clock, log: silentLog });
    const error = await settledError(pidOf(supervisor));
    expect(error.code).toBe('engine-unavailable');
    expect(error.message).toContain('/nonexistent/');
    expect(supervisor.status.kind).toBe('down');
    await supervisor.dispose();
  });

  it('quarantines a model that was in use in two crashes, and only that one', async () => {
    const supervisor = supervise(scripted);
    for (let crash = 1; crash <= 2; crash++) {
      const exiting = supervisor.call('completion/generate', generationParams(model, 'exit', 1));
      expect(await settledError(exiting)).toMatchObject({ code: 'engine-crashed' });
    }
    const refused = await settledError(supervisor.call('completion/generate', generationParams(model, 'steps', 1)));
    expect(refused.code).toBe('model-quarantined');
    expect(refused.action).toContain('Restart Engine');
    expect(supervisor.quarantinedModels).toEqual([model]);
    const other = await supervisor.call('completion/generate', generationParams('models/other', 'steps', 1));
    expect(other.text).toBe('x');
    await supervisor.restart();
    expect((await supervisor.call('completion/generate', generationParams(model, 'steps', 1))).text).toBe('x');
  });

  it.each([
    ['in a native call', 'hang'],
    ['in a loop', 'spin'],
  ])('that hangs %s is ended and replaced', async (_where, line) => {
    const supervisor = supervise(scripted, impatient);
    await supervisor.call('models/load', { folder: model });
    const error = await settledError(supervisor.call('completion/generate', generationParams(model, line, 1)));
    expect(error.code).toBe('engine-crashed');
    expect(error.message).toContain('did not respond');
    expect(await pidOf(supervisor)).toBeGreaterThan(0);
  });

  it('that was stopped by a signal is ended and replaced, also when nobody waits for it any more', async () => {
    const supervisor = supervise(scripted, impatient);
    await supervisor.call('models/load', { folder: model });
    const pid = await pidOf(supervisor);
    const controller = new AbortController();
    process.kill(pid, 'SIGSTOP');
    const call = settledError(supervisor.call('models/load', { folder: model }, { signal: controller.signal }));
    // The request is on its way to the stopped process by then.
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    expect((await call).code).toBe('cancelled');
    await waitForExit(pid, 10_000);
    // The supervisor may hear of the end a moment later; a call made until then fails, and may be repeated.
    await expect.poll(() => pidOf(supervisor).catch(() => pid), { timeout: 10_000 }).not.toBe(pid);
  });

  it('ends with its supervisor, and answers nothing afterwards', async () => {
    const supervisor = supervise(scripted);
    const pid = await pidOf(supervisor);
    const { error } = await startGeneration(supervisor);
    await supervisor.dispose();
    expect(await error).toMatchObject({ code: 'engine-stopped' });
    await waitForExit(pid, 100);
    expect(await settledError(pidOf(supervisor))).toMatchObject({ code: 'engine-stopped' });
    expect(supervisor.status.kind).toBe('stopped');
  });
});

describe.runIf(process.platform === 'linux')('what an engine process is given', () => {
  it('is a minimal environment without anything secret', async () => {
    const env = {
      ...process.env,
      GITHUB_TOKEN: 'canary',
      HF_TOKEN: 'canary',
      CI: 'true',
      NODE_OPTIONS: '--trace-warnings',
    };
    const launch = forkedEngine({ entry: scripted, clock, log: silentLog, env });
    const supervisor = new Supervisor({ launch, clock, log: silentLog });
    supervisors.push(supervisor);
    const variables = readFileSync(`/proc/${await pidOf(supervisor)}/environ`, 'utf8').split('\0');
    expect(variables).toContain('ORT_DISABLE_TELEMETRY=1');
    expect(variables).toContain('ELECTRON_RUN_AS_NODE=1');
    expect(variables.join()).not.toContain('canary');
    const names = variables.filter((variable) => variable !== '').map((variable) => variable.split('=')[0]);
    const allowed =
      /^(PATH|LD_LIBRARY_PATH|LANG|LC_ALL|TZ|TMPDIR|TEMP|TMP|ELECTRON_RUN_AS_NODE|ORT_DISABLE_TELEMETRY|ORT_GQA_DISABLE_FLASH_ATTENTION|NODE_CHANNEL_FD|NODE_CHANNEL_SERIALIZATION_MODE)$/;
    expect(names.filter((name) => !allowed.test(name ?? ''))).toEqual([]);
  });

  it('is less than the editor gets: processor time, and safety when memory runs out', async () => {
    const pid = await pidOf(supervise(scripted));
    expect(os.getPriority(pid)).toBe(3);
    expect(readFileSync(`/proc/${pid}/oom_score_adj`, 'utf8').trim()).toBe('500');
  });
});
