import type { Clock } from '../../core/clock.js';
import { completionConstants } from '../../core/completion/completionConstants.js';
import { greedy } from '../../core/sampling/samplingOptions.js';
import type { EngineClient } from '../../protocol/engineContract.js';
import type { Contestant } from './contestant.js';

/** Never the reason to stop in a benchmark. */
const [manyLines, longTimeMs] = [1_000, 60_000];

/** The engine behind the supervisor, messages between the processes included. */
export function engineContestant(engine: EngineClient, folder: string, clock: Clock, detail: string): Contestant {
  return {
    name: 'Glassbox',
    detail,
    async generate(prompt, newTokens, signal) {
      const startMs = clock.now();
      let firstTokenMs: number | undefined;
      const { tokens, stopReason, timings } = await engine.call(
        'completion/generate',
        {
          folder,
          prompt,
          sampling: greedy,
          stop: {
            maxNewTokens: newTokens,
            singleLine: false,
            maxLines: manyLines,
            stopStrings: [],
            deadlineMs: longTimeMs,
          },
          tokenHealing: true,
          memory: 'off',
          alternativeCount: completionConstants.tokenAlternatives,
        },
        { signal, onProgress: () => (firstTokenMs ??= clock.now() - startMs) },
      );
      const totalMs = clock.now() - startMs;
      // The step that finds the end of the text makes no token.
      const steps = tokens.length - (stopReason === 'end-of-text' ? 0 : 1);
      return {
        firstTokenMs: firstTokenMs ?? totalMs,
        totalMs,
        stepMs: steps > 0 ? timings.decodeMs / steps : undefined,
        tokenCount: tokens.length,
      };
    },
  };
}
