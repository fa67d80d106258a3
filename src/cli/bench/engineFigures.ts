import { GlassboxError } from '../../core/errors.js';
import { completionConstants } from '../../core/completion/completionConstants.js';
import { greedy } from '../../core/sampling/samplingOptions.js';
import type { EngineClient } from '../../protocol/engineContract.js';
import type { CliServices, OwnedEngine } from '../cliServices.js';
import type { BenchPrompts } from './benchPrompt.js';
import { engineContestant } from './engineContestant.js';

const firstPromptTokens = 800;
const suggestionTokens = 24;
const longGeneration = 128;
/** Steps to let pass before cancelling, so that it hits the decode loop and not the prefill. */
const stepsBeforeCancel = 2;
const attemptsPerSample = 3;

/**
 * From no process at all to the first whole suggestion: start, verification of every file, loading, reading 800 tokens,
 * writing 24. Milliseconds, one for each start.
 */
export async function measureColdStarts(
  starts: number,
  folder: string,
  prompts: BenchPrompts,
  services: CliServices,
): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let start = 0; start < starts; start++) {
    const prompt = prompts.take(firstPromptTokens);
    const engine: OwnedEngine = services.startEngine();
    try {
      const contestant = engineContestant(engine, folder, services.clock, '');
      samples.push((await contestant.generate(prompt, suggestionTokens, services.signal)).totalMs);
    } finally {
      await engine.dispose();
    }
  }
  return samples;
}

/**
 * From the abort of a running generation until the engine has nothing left to do. Milliseconds, one for each abort. A
 * model that ends by itself before the abort is asked again with another prompt.
 */
export async function measureCancellations(
  count: number,
  folder: string,
  prompts: BenchPrompts,
  services: CliServices,
): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let attempt = 0; samples.length < count && attempt < count * attemptsPerSample; attempt++) {
    const abortedAtMs = await abortWhileDecoding(folder, prompts, services);
    if (abortedAtMs === undefined) continue;
    await untilIdle(services.engine);
    samples.push(services.clock.now() - abortedAtMs);
  }
  return samples;
}

/** Generates and aborts; returns the time of the abort, undefined when the text ended before. */
async function abortWhileDecoding(
  folder: string,
  prompts: BenchPrompts,
  services: CliServices,
): Promise<number | undefined> {
  const { engine, clock } = services;
  const controller = new AbortController();
  let steps = 0;
  let abortedAtMs: number | undefined;
  const stop = {
    maxNewTokens: longGeneration,
    singleLine: false,
    maxLines: longGeneration,
    stopStrings: [],
    deadlineMs: 60_000,
  };
  const prompt = prompts.take(firstPromptTokens);
  await engine
    .call(
      'completion/generate',
      {
        folder,
        prompt,
        sampling: greedy,
        stop,
        tokenHealing: true,
        memory: 'off',
        alternativeCount: completionConstants.tokenAlternatives,
      },
      {
        signal: controller.signal,
        onProgress: () => {
          if (++steps !== stepsBeforeCancel) return;
          abortedAtMs = clock.now();
          controller.abort();
        },
      },
    )
    .catch((error: unknown) => {
      if (!GlassboxError.is(error, 'cancelled')) throw error;
    });
  return abortedAtMs;
}

async function untilIdle(engine: EngineClient): Promise<void> {
  while ((await engine.call('engine/state', {})).queueLength > 0);
}
