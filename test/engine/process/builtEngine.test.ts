import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';
import type { GlassboxError } from '../../../src/core/errors.js';
import { forkedEngine } from '../../../src/supervisor/forkedEngine.js';
import { Supervisor } from '../../../src/supervisor/supervisor.js';
import { builtEngine } from '../../support/engineProcess.js';
import { generationParams } from '../../support/generationParams.js';
import { settledError } from '../../support/settledError.js';
import { silentLog } from '../../support/silentLog.js';

const bundledModel = path.resolve(import.meta.dirname, '../../../models/code');
const clock = systemClock(globalThis);
const currentLine = 'const numbers = [1, 2, 3, ';

let supervisor: Supervisor;
beforeEach(() => {
  supervisor = new Supervisor({
    launch: forkedEngine({ entry: builtEngine(), clock, log: silentLog }),
    clock,
    log: silentLog,
  });
});
afterEach(() => supervisor.dispose());

/** Begins a generation of `maxNewTokens`; resolves when `tokenCount` tokens have arrived. */
async function generateUntil(tokenCount: number, maxNewTokens: number, signal: AbortSignal) {
  const counts: number[] = [];
  let error: Promise<GlassboxError> | undefined;
  await new Promise<void>((resolve) => {
    const onProgress = (progress: { tokenCount: number }): void => {
      counts.push(progress.tokenCount);
      if (counts.length === tokenCount) resolve();
    };
    const params = generationParams(bundledModel, currentLine, maxNewTokens);
    error = settledError(supervisor.call('completion/generate', params, { onProgress, signal }));
  });
  return { error, counts };
}

describe('the engine that ships, with the bundled model', () => {
  it('says what it holds', async () => {
    const { id } = await supervisor.call('models/load', { folder: bundledModel });
    const state = await supervisor.call('engine/state', {});
    expect(state.models.map((model) => model.id)).toEqual([id]);
    expect(state.onnxRuntimeVersion).toMatch(/^1\.\d+\.\d+/);
    expect(state.queueLength).toBe(0);
  });

  it('killed while it generates, rejects and completes again', async () => {
    const { pid } = await supervisor.call('engine/state', {});
    const { error } = await generateUntil(1, 500, new AbortController().signal);
    process.kill(pid, 'SIGKILL');
    expect((await error)?.code).toBe('engine-crashed');
    const result = await supervisor.call('completion/generate', generationParams(bundledModel, currentLine, 4));
    expect(result.tokens.length).toBeGreaterThan(0);
    expect((await supervisor.call('engine/state', {})).pid).not.toBe(pid);
  });

  it('stops decoding within a step of being cancelled', async () => {
    const controller = new AbortController();
    const { error, counts } = await generateUntil(2, 500, controller.signal);
    controller.abort();
    expect((await error)?.code).toBe('cancelled');
    const next = await supervisor.call('completion/generate', generationParams(bundledModel, currentLine, 1));
    expect(counts.length).toBeLessThan(10);
    expect(next.timings.queueMs).toBeLessThan(100);
  });

  it('answers what the model cannot do with a reason, and stays', async () => {
    const { pid } = await supervisor.call('engine/state', {});
    const missing = settledError(supervisor.call('models/load', { folder: '/nonexistent/model' }));
    expect(['model-not-found', 'model-file-missing', 'model-card-invalid']).toContain((await missing).code);
    expect((await supervisor.call('engine/state', {})).pid).toBe(pid);
  });
});
