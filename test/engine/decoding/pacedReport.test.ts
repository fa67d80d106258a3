import { expect, it } from 'vitest';
import { pacedReport, reportIntervalMs } from '../../../src/engine/decoding/pacedReport.js';

it('reports the first token at once, fast ones now and then, slow ones each', () => {
  let nowMs = 1000;
  const counts: number[] = [];
  const report = pacedReport(({ tokenCount }) => counts.push(tokenCount), {
    now: () => nowMs,
    schedule: () => () => undefined,
  });
  for (let tokenCount = 1; tokenCount <= 20; tokenCount++, nowMs++) report({ text: '', tokenCount });
  expect(counts).toEqual([1, 9, 17]);
  nowMs += reportIntervalMs;
  for (let tokenCount = 21; tokenCount <= 24; tokenCount++, nowMs += reportIntervalMs) report({ text: '', tokenCount });
  expect(counts.slice(3)).toEqual([21, 22, 23, 24]);
});
