import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';
import { GlassboxError } from '../../../src/core/errors.js';
import { forkedEngine } from '../../../src/supervisor/forkedEngine.js';
import { Supervisor } from '../../../src/supervisor/supervisor.js';
import { testEngine } from '../../support/engineProcess.js';
import { generationParams } from '../../support/generationParams.js';
import { silentLog } from '../../support/silentLog.js';

const clock = systemClock(globalThis);
const model = path.resolve('models/any');
const requestCount = 400;

let supervisor: Supervisor;
beforeEach(async () => {
  const entry = await testEngine('scripted');
  supervisor = new Supervisor({ launch: forkedEngine({ entry, clock, log: silentLog }), clock, log: silentLog });
});
afterEach(() => supervisor.dispose());

/** Small repeatable numbers in [0, 1) (Park and Miller 1988). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'answered',
    (error: unknown) => (GlassboxError.is(error) ? error.code : 'not a GlassboxError'),
  );
}

function ask(random: number, signal: AbortSignal): Promise<string> {
  const params = generationParams(model, 'steps', 1 + Math.floor(random * 8));
  if (random < 0.2) return codeOf(supervisor.call('completion/prefill', params, { signal }));
  const replaceable = random < 0.8;
  return codeOf(supervisor.call('completion/generate', { ...params, replaceable }, { signal }));
}

describe('a storm of requests that are given up', () => {
  it('settles every one of them and leaves an idle engine', async () => {
    const random = randomNumbers(20_261_121);
    const { pid } = await supervisor.call('engine/state', {});
    const codes: Promise<string>[] = [];
    for (let count = 0; count < requestCount; count++) {
      const controller = new AbortController();
      codes.push(ask(random(), controller.signal));
      setTimeout(() => controller.abort(), random() * 40);
      await new Promise((resolve) => setTimeout(resolve, random() * 10));
    }
    const seen = new Set(await Promise.all(codes));
    expect([...seen].filter((code) => !['answered', 'cancelled', 'engine-busy'].includes(code))).toEqual([]);
    expect(seen).toContain('answered');
    expect(seen).toContain('cancelled');
    const last = await supervisor.call('completion/generate', generationParams(model, 'steps', 1));
    expect(last.text).toBe('x');
    expect(await supervisor.call('engine/state', {})).toMatchObject({ pid, queueLength: 0 });
  });
});
