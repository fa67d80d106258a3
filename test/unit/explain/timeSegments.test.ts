import { describe, expect, it } from 'vitest';
import { engineSegments, timeSegments, type TimeSegment } from '../../../src/core/explain/timeSegments.js';

const timings = { gateMs: 1, promptMs: 2, delayMs: 40, engineMs: 100, postProcessMs: 3, totalMs: 150 };
const generation = { queueMs: 0, loadMs: 0, tokenizeMs: 5, prefillMs: 30, decodeMs: 60 };
const written = (segments: readonly TimeSegment[]): string[] => segments.map(({ stage, ms }) => `${stage} ${ms}`);

describe('timeSegments', () => {
  it('divides the engine’s time where the answer waited for all of it, in the order of events', () => {
    expect(written(timeSegments(timings, 'model', generation))).toEqual([
      ...['gate 1', 'prompt 2', 'delay 40', 'tokenize 5', 'prefill 30', 'decode 60'],
      ...['engine-rest 5', 'post-process 3', 'rest 4'],
    ]);
  });

  it.each(['cache', 'running', 'typed-through'] as const)(
    'does not divide it for an answer of the kind %s',
    (source) => {
      expect(written(timeSegments(timings, source, generation))).toContain('engine-rest 100');
    },
  );

  it('adds up to the total', () => {
    for (const source of ['model', 'cache'] as const) {
      const sum = timeSegments(timings, source, generation).reduce((total, { ms }) => total + ms, 0);
      expect(sum).toBeCloseTo(timings.totalMs);
    }
  });

  it('shows the engine’s stages by themselves', () => {
    expect(written(engineSegments(generation))).toEqual(['tokenize 5', 'prefill 30', 'decode 60']);
  });
});
