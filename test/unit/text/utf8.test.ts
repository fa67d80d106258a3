import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../../src/core/text/utf8.js';
import { Utf8Offsets } from '../../../src/core/text/utf8Offsets.js';
import { Utf8StreamDecoder } from '../../../src/core/text/utf8StreamDecoder.js';
import { anyText, awkwardTexts } from './anyText.js';

// Hundreds of cases a property, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const wellFormed = (text: string): string => Buffer.from(text).toString();

describe('UTF-8', () => {
  it.each(Object.entries(awkwardTexts))('keeps all but lone surrogates: %s', (_, text) => {
    expect(decodeUtf8(encodeUtf8(text))).toBe(wellFormed(text));
  });

  it('writes a lone surrogate as U+FFFD', () => {
    expect(Array.from(encodeUtf8('\ud800'))).toEqual([0xef, 0xbf, 0xbd]);
  });

  it('reads ill-formed bytes as U+FFFD, and keeps a byte order mark', () => {
    expect(decodeUtf8(Uint8Array.of(0xff, 0x41, 0xe2, 0x82))).toBe('\ufffdA\ufffd');
    expect(decodeUtf8(encodeUtf8('\ufeffa'))).toBe('\ufeffa');
  });
});

describe('offsets', () => {
  it.each<[string, string, number[]]>([
    ['ascii', 'ab', [0, 1, 2]],
    ['two and three bytes', 'é한x', [0, 2, 5, 6]],
    ['a pair, both halves of which start at its first byte', 'a🚀b', [0, 1, 1, 5, 6]],
    ['lone surrogates', '\ud800\udc00\udc00\ud800', [0, 0, 4, 7, 10]],
    ['nothing', '', [0]],
  ])('in bytes of each UTF-16 offset: %s', (_, text, expected) => {
    const offsets = new Utf8Offsets(text);

    expect(expected.map((_byte, unit) => offsets.byteAt(unit))).toEqual(expected);
    expect(offsets.byteLength).toBe(expected.at(-1));
  });

  it('inside a character give where it starts', () => {
    const offsets = new Utf8Offsets('a🚀한');

    expect([0, 1, 2, 3, 4, 5, 6, 7, 8].map((byte) => offsets.utf16At(byte))).toEqual([0, 1, 1, 1, 1, 3, 3, 3, 4]);
  });

  it('outside the text are clamped', () => {
    const offsets = new Utf8Offsets('한');

    expect([offsets.byteAt(-1), offsets.byteAt(9), offsets.utf16At(-1), offsets.utf16At(9)]).toEqual([0, 3, 0, 1]);
  });

  it('agree with the encoded text everywhere', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const offsets = new Utf8Offsets(text);
        expect(offsets.byteLength).toBe(encodeUtf8(text).length);
        for (const [unit, byte] of characterStarts(text)) {
          expect(offsets.byteAt(unit)).toBe(byte);
          expect(offsets.utf16At(byte)).toBe(unit);
        }
      }),
      { numRuns: 500, seed: 10 },
    );
  });
});

/** UTF-16 and byte offset of each character, by encoding all that is before it. */
function characterStarts(text: string): [unit: number, byte: number][] {
  const starts: [number, number][] = [];
  let unit = 0;
  for (const character of text) {
    starts.push([unit, Buffer.byteLength(text.slice(0, unit))]);
    unit += character.length;
  }
  return starts;
}

describe('the stream decoder', () => {
  it('withholds a character until its last byte is there', () => {
    const decoder = new Utf8StreamDecoder();

    const pieces = Array.from(encodeUtf8('a한🚀'), (byte) => decoder.push(Uint8Array.of(byte)));

    expect(pieces).toEqual(['a', '', '', '한', '', '', '', '🚀']);
  });

  it('says U+FFFD for what never became a character', () => {
    const decoder = new Utf8StreamDecoder();

    expect(decoder.push(Uint8Array.of(0x41, 0xed, 0x95))).toBe('A');
    expect(decoder.push(Uint8Array.of(0x42))).toBe('\ufffdB');
    expect(decoder.push(Uint8Array.of(0xed))).toBe('');
  });

  it('skips the bytes that stand in the text already, also across pieces', () => {
    const decoder = new Utf8StreamDecoder(4);

    expect(['re', 'turn ', 'x'].map((piece) => decoder.push(encodeUtf8(piece)))).toEqual(['', 'rn ', 'x']);
  });

  it('gives the same text however the bytes are cut', () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.nat(5)), (text, sizes) => {
        const bytes = encodeUtf8(text);
        const decoder = new Utf8StreamDecoder();
        let joined = '';
        let start = 0;
        for (const size of sizes) {
          joined += decoder.push(bytes.subarray(start, start + size));
          start += size;
        }
        joined += decoder.push(bytes.subarray(start));
        expect(joined).toBe(wellFormed(text));
      }),
      { numRuns: 500, seed: 11 },
    );
  });
});
