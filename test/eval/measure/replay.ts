import { insertionOf } from '../../../src/cli/complete/insertedText.js';
import type { Contestant } from '../contestants/contestant.js';
import type { EvalTask } from '../tasks/evalTask.js';
import { EvalPipeline } from './evalPipeline.js';
import { documentOf, endOf } from './infill.js';

/** One file typed from its first character to its last. */
export interface ReplayAnswer {
  /** Units of text written. */
  readonly characterCount: number;
  /** Keys pressed without any completion: one a character, and one for a line break with the indentation behind it. */
  readonly keyCount: number;
  /** Keys pressed with it: each acceptance is one. */
  readonly pressedCount: number;
  /** Units of text that came from accepted items. */
  readonly completedCount: number;
  /** Places at which the pipeline was asked, and those at which something was visible. */
  readonly askedCount: number;
  readonly visibleCount: number;
  /** Items that came up, and those of them that were accepted at once; the others were wrong. */
  readonly offeredCount: number;
  readonly acceptedCount: number;
  /** Milliseconds from the question to the item, of items that the model had to write. */
  readonly latenciesMs: readonly number[];
  /** CPU time of the pipeline's process and the engine's; the latter is missing where it cannot be read. */
  readonly cpuMs: number;
}

/** Shorter agreement is not worth a key. */
const leastAccepted = 2;

/**
 * Types a file into an empty document and asks the pipeline before each key, as if the user looked at every item. An
 * item that says what comes next is accepted with one key: all of it, else its first line. After a line break the
 * editor puts the indentation, so both are one key.
 *
 * @param cpuMs CPU time used so far, by both processes.
 */
export async function measureReplay(
  contestant: Contestant,
  { source, start, end }: EvalTask,
  cpuMs: () => number,
  signal: AbortSignal,
): Promise<ReplayAnswer> {
  await contestant.prepare(source, signal);
  const wanted = source.text.slice(start, end);
  const pipeline = new EvalPipeline(contestant, source, 'auto', signal);
  const counts = { pressed: 0, completed: 0, asked: 0, visible: 0, offered: 0, accepted: 0 };
  const latenciesMs: number[] = [];
  const startCpuMs = cpuMs();
  for (let typed = 0; typed < wanted.length; counts.pressed++) {
    const document = documentOf(source, wanted.slice(0, typed));
    const position = endOf(wanted.slice(0, typed));
    const answer = await pipeline.ask(document, position, 'automatic');
    const { outcome } = answer;
    counts.asked++;
    if (outcome.kind === 'shown') {
      counts.visible++;
      const isNew = outcome.source !== 'typed-through';
      if (outcome.source === 'model') latenciesMs.push(outcome.timings.totalMs - outcome.timings.delayMs);
      const { text } = insertionOf(outcome.candidates[0]!, position, document.lineAt(position.line));
      const accepted = acceptedPart(text, wanted.slice(typed));
      if (isNew) counts.offered++;
      if (accepted.length >= leastAccepted) {
        if (isNew) counts.accepted++;
        if (accepted === text) pipeline.accepted(document.uri, answer);
        counts.completed += accepted.length;
        typed += accepted.length;
        continue;
      }
    }
    typed += keyLength(wanted, typed);
  }
  pipeline.dispose();
  return {
    characterCount: wanted.length,
    keyCount: countKeys(wanted),
    pressedCount: counts.pressed,
    completedCount: counts.completed,
    askedCount: counts.asked,
    visibleCount: counts.visible,
    offeredCount: counts.offered,
    acceptedCount: counts.accepted,
    latenciesMs,
    cpuMs: cpuMs() - startCpuMs,
  };
}

/** What of an offered text comes next: all of it, else its first line with something visible, else nothing. */
export function acceptedPart(offered: string, wanted: string): string {
  if (wanted.startsWith(offered)) return offered;
  const firstLine = /^\s*\S.*/u.exec(offered)?.[0] ?? '';
  return wanted.startsWith(firstLine) ? firstLine : '';
}

/** Characters that one key writes: a line break brings the next line's indentation with it. */
export function keyLength(text: string, at: number): number {
  if (text[at] !== '\n') return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return 1 + (/^[ \t]*(?=\S)/.exec(text.slice(at + 1))?.[0].length ?? 0);
}

/** Keys that write a text without any completion. */
export function countKeys(text: string): number {
  let keys = 0;
  for (let at = 0; at < text.length; at += keyLength(text, at)) keys++;
  return keys;
}
