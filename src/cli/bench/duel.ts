import { typedLines, type BenchPrompts } from './benchPrompt.js';
import type { Contestant, TimedGeneration } from './contestant.js';
import { median } from './statistics.js';

/** Tokens of the prompt that is typed in, and of each suggestion. */
const typingPromptTokens = 800;
const suggestionTokens = 24;
const shortPromptTokens = 512;

/** Figures that every contestant gives. Milliseconds, a sample for each round. */
export const duelFigures = ['prefill512', 'prefill800', 'step', 'keystroke'] as const;

/** One of {@link duelFigures}. */
export type DuelFigure = (typeof duelFigures)[number];

/** Samples of one contestant, one per round for each figure. */
export type DuelSamples = Readonly<Record<DuelFigure, readonly number[]>>;

/** Options of {@link runDuel}. */
export interface DuelOptions {
  readonly contestants: readonly Contestant[];
  readonly prompts: BenchPrompts;
  readonly rounds: number;
  /** Told of every round that begins, from 1. */
  readonly onRound: (round: number) => void;
}

/**
 * Measures all contestants in turn, in reversed order every other round, so that a slow spell of the machine hits all of
 * them. A round gives each contestant prompts of its own that nobody has seen; the first, unmeasured round warms up.
 *
 * @returns Samples by contestant's name.
 */
export async function runDuel(
  { contestants, prompts, rounds, onRound }: DuelOptions,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, DuelSamples>> {
  const samples = new Map(contestants.map(({ name }) => [name, emptySamples()]));
  for (let round = 0; round <= rounds; round++) {
    onRound(round);
    for (const contestant of round % 2 === 0 ? contestants : contestants.toReversed()) {
      const measured = await measureRound(contestant, prompts, signal);
      if (round === 0) continue;
      for (const figure of duelFigures) samples.get(contestant.name)![figure].push(measured[figure]);
    }
  }
  return samples;
}

async function measureRound(
  contestant: Contestant,
  prompts: BenchPrompts,
  signal: AbortSignal,
): Promise<Record<DuelFigure, number>> {
  const short = await contestant.generate(prompts.take(shortPromptTokens), 1, signal);
  const prompt = prompts.take(typingPromptTokens);
  const long = await contestant.generate(prompt, 1, signal);
  const keystrokes: TimedGeneration[] = [];
  for (const currentLine of typedLines.slice(1)) {
    keystrokes.push(await contestant.generate({ ...prompt, currentLine }, suggestionTokens, signal));
  }
  return {
    prefill512: short.firstTokenMs,
    prefill800: long.firstTokenMs,
    step: median(keystrokes.map(({ stepMs }) => stepMs).filter((stepMs) => stepMs !== undefined)),
    keystroke: median(keystrokes.map(perSuggestion)),
  };
}

/**
 * A model may end before the last token; the tokens that are missing then count as the others, so that all are compared
 * at the same length. The step that only finds the end is left out.
 */
function perSuggestion({ totalMs, firstTokenMs, stepMs, tokenCount }: TimedGeneration): number {
  if (tokenCount >= suggestionTokens || stepMs === undefined) return totalMs;
  return firstTokenMs + stepMs * (suggestionTokens - 1);
}

function emptySamples(): Record<DuelFigure, number[]> {
  return { prefill512: [], prefill800: [], step: [], keystroke: [] };
}
