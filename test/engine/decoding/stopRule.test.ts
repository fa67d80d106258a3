import { describe, expect, it } from 'vitest';
import type { StopConditions } from '../../../src/core/completion/generation.js';
import { findTextStop } from '../../../src/engine/decoding/stopRule.js';

const stop: StopConditions = { maxNewTokens: 9, singleLine: false, maxLines: 2, stopStrings: [], deadlineMs: 9 };

describe('findTextStop', () => {
  it.each([
    ['foo();\nbar', 6],
    ['\n  foo\nbar', 6],
    ['  \n\t\n x\n', 7],
  ])('ends a single line at the break after something visible: %j', (text, length) => {
    expect(findTextStop(text, { ...stop, singleLine: true })).toEqual({ reason: 'line-end', length });
  });

  it.each(['', 'foo', '\n', '  \n  ', '\n  foo'])('goes on with a single line while it is not over: %j', (text) => {
    expect(findTextStop(text, { ...stop, singleLine: true })).toBeUndefined();
  });

  it('counts lines from the cursor on', () => {
    expect(findTextStop('a\nb', stop)).toBeUndefined();
    expect(findTextStop('a\nb\nc', stop)).toEqual({ reason: 'max-lines', length: 3 });
  });

  it('takes the earliest place of several', () => {
    expect(findTextStop('a;b\nc\n', { ...stop, stopStrings: ['c', ';', ''] })).toEqual({
      reason: 'stop-string',
      length: 1,
    });
    expect(findTextStop('a\nb\nc;', { ...stop, stopStrings: [';'] })).toEqual({ reason: 'max-lines', length: 3 });
  });
});
