import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphemeBoundaries } from '../../../src/core/text/graphemes.js';
import { anyText, awkwardTexts } from './anyText.js';

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

function boundariesOf(text: string): number[] {
  const graphemes = new GraphemeBoundaries(text);
  return Array.from({ length: text.length + 1 }, (_, offset) => offset).filter((offset) =>
    graphemes.isBoundary(offset),
  );
}

function reference(text: string): number[] {
  const starts = [...segmenter.segment(text)].map(({ index }) => index);
  return text === '' ? [0] : [...starts, text.length];
}

describe('grapheme boundaries', () => {
  it.each(Object.entries(awkwardTexts))('are those of Unicode: %s', (_, text) => {
    expect(boundariesOf(text)).toEqual(reference(text));
  });

  it('are those of Unicode in any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(boundariesOf(text)).toEqual(reference(text));
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  it('are those of Unicode between any two characters that are near each other in code', () => {
    for (let code = 0x20; code < 0xd800; code++) {
      const text = `a${String.fromCharCode(code, code + 1, code)}가${String.fromCharCode(code)}1`;
      if (boundariesOf(text).join() !== reference(text).join())
        expect(boundariesOf(text), text).toEqual(reference(text));
    }
  });

  it('do not depend on the order in which they are asked for', () => {
    const text = 'e\u0301👩‍👩‍👧 a🇰🇷🇰🇷b\r\n';
    const expected = new Set(reference(text));
    const graphemes = new GraphemeBoundaries(text);

    for (let offset = text.length; offset >= 0; offset--) {
      expect(graphemes.isBoundary(offset)).toBe(expected.has(offset));
    }
  });
});
