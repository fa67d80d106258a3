import type { MemoryScope } from '../../../src/core/memory/memoryScope.js';
import { mixingWeightCount } from '../../../src/core/memory/mixingClasses.js';
import { mixingWeights } from '../../../src/core/memory/mixingWeights.js';
import type { ReadOrigin } from '../contestants/neighbourFiles.js';
import { mixedBits } from '../mixing/fitWeights.js';
import type { MixedReader } from '../mixing/mixedPlaces.js';
import { answerOf, type EvalTask } from '../tasks/evalTask.js';

/** How well a model predicts a text. */
export interface BitsAnswer {
  /** Sum over the tokens of -log2 p. */
  readonly bits: number;
  /** UTF-8 bytes. */
  readonly byteCount: number;
}

/** Memory has no say. */
const modelAlone = new Float64Array(mixingWeightCount);

/** Scores a task's text as `glassbox score` does: without its path, from left to right; with what is remembered, if anything is. */
export async function measureBits(
  reader: MixedReader,
  task: EvalTask,
  { memory, readOrigin }: { readonly memory: MemoryScope; readonly readOrigin: ReadOrigin },
  signal: AbortSignal,
): Promise<BitsAnswer> {
  const { origin, path } = task.source;
  const files = memory === 'workspace' ? readOrigin(origin) : undefined;
  const { places, byteCount } = await reader.read({ origin, path, text: answerOf(task) }, files, 'text', signal);
  return { bits: mixedBits(memory === 'off' ? modelAlone : mixingWeights, places), byteCount };
}
