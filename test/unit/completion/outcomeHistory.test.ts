import { expect, it } from 'vitest';
import { completionConstants as constants } from '../../../src/core/completion/completionConstants.js';
import { OutcomeHistory, type OutcomeRecord } from '../../../src/core/completion/outcomeHistory.js';

const record = (uri: string, line: number, atMs = 0): OutcomeRecord => ({
  uri,
  position: { line, character: 1 },
  trigger: 'automatic',
  atMs,
  documentVersion: 1,
  lineCount: 1,
  outcome: { kind: 'cancelled' },
});

it('gives the last outcome at exactly this position', () => {
  const history = new OutcomeHistory();
  history.add(record('a', 1, 10));
  history.add(record('a', 1, 20));
  history.add(record('b', 1, 30));

  expect(history.lastAt('a', { line: 1, character: 1 })?.atMs).toBe(20);
  expect(history.lastAt('a', { line: 1, character: 2 })).toBeUndefined();
  expect(history.lastAt('c', { line: 1, character: 1 })).toBeUndefined();
});

it('forgets the oldest positions and documents, and closed ones', () => {
  const history = new OutcomeHistory();
  for (let line = 0; line <= constants.outcomePositions; line++) history.add(record('a', line));
  expect(history.lastAt('a', { line: 0, character: 1 })).toBeUndefined();
  expect(history.lastAt('a', { line: 1, character: 1 })).toBeDefined();

  for (let index = 0; index < constants.outcomeDocuments; index++) history.add(record(`other ${String(index)}`, 1));
  expect(history.lastAt('a', { line: 1, character: 1 })).toBeUndefined();

  history.forget('other 5');
  expect(history.lastAt('other 5', { line: 1, character: 1 })).toBeUndefined();
});
