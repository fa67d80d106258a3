import { describe, expect, it } from 'vitest';
import { parseBatchLine } from '../../../src/cli/complete/batchTask.js';

describe('parseBatchLine', () => {
  it('reads a task and ignores keys it does not know', () => {
    const line = '{"id":7,"language":"python","prefix":"a","suffix":"","maxNewTokens":8,"answer":"b"}';
    expect(parseBatchLine(line)).toEqual({
      kind: 'task',
      task: { id: 7, language: 'python', path: '', prefix: 'a', suffix: '', maxNewTokens: 8 },
    });
  });

  it.each([
    ['not JSON at all', '{', 'not JSON'],
    ['no object', '3', 'the line'],
    ['a missing suffix', '{"id":"a","language":"x","prefix":""}', 'suffix'],
    ['a prefix of the wrong type', '{"id":"a","language":"x","prefix":1,"suffix":""}', 'prefix'],
    ['no token allowed', '{"id":"a","language":"x","prefix":"","suffix":"","maxNewTokens":0}', 'maxNewTokens'],
  ])('refuses %s and names it', (_, line, name) => {
    expect(parseBatchLine(line)).toEqual({ kind: 'refused', error: expect.stringContaining(name) as string });
  });
});
