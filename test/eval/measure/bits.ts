import type { EngineClient } from '../../../src/protocol/engineContract.js';
import { answerOf, type EvalTask } from '../tasks/evalTask.js';

/** How well a model predicts a text. */
export interface BitsAnswer {
  /** Sum over the tokens of -log2 p. */
  readonly bits: number;
  /** UTF-8 bytes. */
  readonly byteCount: number;
}

/** Scores a task's text as `glassbox score` does: without its path. */
export async function measureBits(
  engine: EngineClient,
  folder: string,
  task: EvalTask,
  signal: AbortSignal,
): Promise<BitsAnswer> {
  const text = answerOf(task);
  const { totals } = await engine.call('scores/score', { folder, text, topCount: 1 }, { signal });
  return { bits: -totals.logProb / Math.LN2, byteCount: totals.byteCount };
}
