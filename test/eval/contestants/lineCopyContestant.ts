import type { GenerationResult } from '../../../src/core/completion/generation.js';
import type { PromptParts } from '../../../src/core/prompt/promptParts.js';
import { noPrefill, nothingKept, textReader, writtenText, type Contestant } from './contestant.js';

/** Longer agreement says no more about how well a line matches. */
const longestMatch = 400;

/**
 * Copies the rest of the line, around the cursor's line in the same window, that agrees longest with what stands left
 * of the cursor (also above the line); the nearest one wins a tie. Nothing when not one character agrees.
 */
export function lineCopy(): Contestant {
  return {
    id: 'line-copy',
    label: 'copy of the best-matching line',
    model: textReader('line-copy'),
    engineFor: () => ({ generate: ({ prompt }) => Promise.resolve(copyLine(prompt)), prefill: noPrefill }),
    prepare: nothingKept,
  };
}

function copyLine({ prefix, currentLine, suffix }: PromptParts): GenerationResult {
  const left = prefix + currentLine;
  const best = { length: 0, rest: '' };
  // From the cursor outwards, so that of equal matches the nearest is kept.
  for (let at = left.length - 1; at > 0; at--) consider(left, at);
  for (let at = 1; at < suffix.length; at++) consider(suffix, at);
  return writtenText(best.rest, 'end-of-text');

  function consider(text: string, at: number): void {
    const length = commonEnd(left, text, at);
    if (length <= best.length) return;
    best.length = length;
    best.rest = text.slice(at).split('\n', 1)[0]!;
  }
}

/** How many characters before the end of `left` are also before `at` in `text`. */
function commonEnd(left: string, text: string, at: number): number {
  const limit = Math.min(at, left.length, longestMatch);
  let length = 0;
  while (length < limit && left[left.length - 1 - length] === text[at - 1 - length]) length++;
  return length;
}
