import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { normalizeLineEnds } from '../../../src/core/text/lineEnds.js';
import { anyText } from './anyText.js';

// Hundreds of cases a property, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

describe('line ends', () => {
  it('become line feeds', () => {
    expect(normalizeLineEnds('a\r\nb\nc\rd\r\r\n\n').text).toBe('a\nb\nc\nd\n\n\n');
  });

  it.each<[string, number[], number[]]>([
    ['a\r\nb', [0, 1, 3, 4], [0, 1, 2, 2, 3]],
    ['\r\n\r\n', [0, 2, 4], [0, 1, 1, 2, 2]],
    ['\r\r\n', [0, 1, 3], [0, 1, 2, 2]],
    ['a\nb', [0, 1, 2, 3], [0, 1, 2, 3]],
    ['', [0], [0]],
  ])('keep their offsets: %j', (original, toOriginal, fromOriginal) => {
    const normalized = normalizeLineEnds(original);

    expect(toOriginal.map((_, offset) => normalized.toOriginal(offset))).toEqual(toOriginal);
    expect(fromOriginal.map((_, offset) => normalized.fromOriginal(offset))).toEqual(fromOriginal);
  });

  it('lead back to the same characters in any text', () => {
    fc.assert(
      fc.property(anyText, (original) => {
        const normalized = normalizeLineEnds(original);
        expect(normalized.toOriginal(normalized.text.length)).toBe(original.length);
        for (let offset = 0; offset < normalized.text.length; offset++) {
          const unit = original.charAt(normalized.toOriginal(offset));
          expect(unit === '\r' ? '\n' : unit).toBe(normalized.text.charAt(offset));
          expect(normalized.fromOriginal(normalized.toOriginal(offset))).toBe(offset);
        }
      }),
      { numRuns: 500, seed: 12 },
    );
  });
});
