import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';
import type { ScoredTokens } from '../../../src/core/scores/scoredTokens.js';
import type { TextScores } from '../../../src/protocol/scoresContract.js';
import { forkedEngine } from '../../../src/supervisor/forkedEngine.js';
import { Supervisor } from '../../../src/supervisor/supervisor.js';
import { builtEngine } from '../../support/engineProcess.js';
import { generationParams } from '../../support/generationParams.js';
import { settledError } from '../../support/settledError.js';
import { silentLog } from '../../support/silentLog.js';

const folder = path.resolve(import.meta.dirname, '../../../models/code');
const clock = systemClock(globalThis);
/** More than a minute's work, so that whatever happens meanwhile happens before its end. */
const longText = Array.from({ length: 20_000 }, (_, line) => `const value${line} = compute(${line * 7});`).join('\n');
const never = new AbortController().signal;

let supervisor: Supervisor;
beforeEach(() => {
  supervisor = new Supervisor({
    launch: forkedEngine({ entry: builtEngine(), clock, log: silentLog }),
    clock,
    log: silentLog,
  });
});
afterEach(() => supervisor.dispose());

/** A long score that has given its first tokens. */
async function scoreUnderWay(
  signal: AbortSignal,
): Promise<{ readonly scores: Promise<TextScores>; readonly pieces: readonly ScoredTokens[] }> {
  const pieces: ScoredTokens[] = [];
  let scores: Promise<TextScores> | undefined;
  await new Promise<void>((resolve) => {
    const onProgress = (piece: ScoredTokens): void => {
      pieces.push(piece);
      resolve();
    };
    scores = supervisor.call('scores/score', { folder, text: longText, topCount: 5 }, { signal, onProgress });
    scores.catch(() => undefined);
  });
  return { scores: scores!, pieces };
}

describe('a long score in the engine that ships', () => {
  it('streams typed arrays', async () => {
    const cancellation = new AbortController();
    const { pieces } = await scoreUnderWay(cancellation.signal);
    cancellation.abort();
    const [{ ids, logProbs, ranks, topIds, vocabulary }] = pieces as [ScoredTokens];
    expect([ids, ranks, topIds, vocabulary.ids].every((column) => column instanceof Uint32Array)).toBe(true);
    expect(logProbs).toBeInstanceOf(Float32Array);
    expect(logProbs.every((logProb) => logProb < 0)).toBe(true);
  });

  it('lets a completion through between two runs, and goes on', async () => {
    const cancellation = new AbortController();
    const { scores, pieces } = await scoreUnderWay(cancellation.signal);
    const before = pieces.length;
    await supervisor.call('completion/generate', generationParams(folder, 'const a = ', 4));
    const during = pieces.length;
    // While tokens of the completion were made, none of the score were: only what was under way already arrived.
    expect(during - before).toBeLessThan(8);
    await supervisor.call('completion/generate', generationParams(folder, 'const b = ', 4));
    const ended = await Promise.race([scores.then(() => true), Promise.resolve(false)]);
    expect(ended).toBe(false);
    cancellation.abort();
    expect((await settledError(scores)).code).toBe('cancelled');
  });

  it('ends soon after it is cancelled, and what waits behind it runs', async () => {
    const cancellation = new AbortController();
    const { scores } = await scoreUnderWay(cancellation.signal);
    cancellation.abort();
    expect((await settledError(scores)).code).toBe('cancelled');
    const text = 'const a = 1;\n';
    const { tokens } = await supervisor.call('scores/score', { folder, text, topCount: 1 }, { signal: never });
    expect(tokens.ends.at(-1)).toBe(text.length);
  });

  it('is answered with the crash when the engine is killed, and can be asked again', async () => {
    const { pid } = await supervisor.call('engine/state', {});
    const { scores } = await scoreUnderWay(never);
    process.kill(pid, 'SIGKILL');
    expect((await settledError(scores)).code).toBe('engine-crashed');
    const again = await supervisor.call('scores/score', { folder, text: 'const a = 1;\n', topCount: 1 });
    expect(again.totals.bitsPerByte).toBeGreaterThan(0);
  });

  it('does not keep a model from being unloaded after it', async () => {
    const cancellation = new AbortController();
    const { scores } = await scoreUnderWay(cancellation.signal);
    const unloaded = supervisor.call('models/unload', { folder });
    cancellation.abort();
    expect((await settledError(scores)).code).toBe('cancelled');
    expect(await unloaded).toBeNull();
    expect((await supervisor.call('engine/state', {})).models).toEqual([]);
  });
});
