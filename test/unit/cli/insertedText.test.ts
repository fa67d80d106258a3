import { describe, expect, it } from 'vitest';
import { insertionOf } from '../../../src/cli/complete/insertedText.js';
import type { CompletionCandidate } from '../../../src/core/completion/completionOutcome.js';
import { candidateOf } from '../../support/candidates.js';

function candidate(text: string, start: number, end: number): CompletionCandidate {
  const at = (character: number) => ({ line: 3, character });
  return candidateOf(text, { start: at(start), end: at(end) });
}

describe('insertionOf', () => {
  it('is the text itself for an empty range at the cursor', () => {
    expect(insertionOf(candidate('x + 1', 4, 4), { line: 3, character: 4 }, 'abcd')).toEqual({
      text: 'x + 1',
      replacedLength: 0,
    });
  });

  it('leaves out what stands left of the cursor, and what it repeats right of it', () => {
    const line = 'print(va)';
    const insertion = insertionOf(candidate('value)', 6, 9), { line: 3, character: 8 }, line);
    expect(insertion).toEqual({ text: 'lue', replacedLength: 0 });
    expect(line.slice(0, 8) + insertion.text + line.slice(8)).toBe('print(value)');
  });

  it('says how much is replaced when the rest of the line is not its end', () => {
    const insertion = insertionOf(candidate('a);', 6, 7), { line: 3, character: 6 }, 'print()');
    expect(insertion).toEqual({ text: 'a);', replacedLength: 1 });
  });
});
