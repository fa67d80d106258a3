import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../../src/core/text/utf8.js';
import { Utf8StreamDecoder } from '../../../src/core/text/utf8StreamDecoder.js';
import { incompleteTailLength } from '../../../src/core/text/utf8Tail.js';
import { visiblePieces, type VisiblePiece } from '../../../src/core/text/visiblePieces.js';

const byteStrings = fc.oneof(
  fc.uint8Array({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 6 }).map(encodeUtf8),
  fc.tuple(fc.string({ unit: 'grapheme', maxLength: 6 }), fc.nat(8)).map(([text, cut]) => {
    const bytes = encodeUtf8(text);
    return bytes.subarray(0, Math.max(0, bytes.length - cut));
  }),
);

describe('the incomplete tail', () => {
  it.each<[string, number[], number]>([
    ['nothing', [], 0],
    ['a letter', [0x61], 0],
    ['a Hangul syllable', [0xed, 0x95, 0x9c], 0],
    ['one byte of it', [0x61, 0xed], 1],
    ['two bytes of it', [0x61, 0xed, 0x95], 2],
    ['three bytes of an emoji', [0xf0, 0x9f, 0x99], 3],
    ['bytes that begin nothing', [0x95, 0x9c, 0x80, 0x80], 0],
    ['an overlong form', [0xe0, 0x80], 0],
  ])('of %s', (_, bytes, expected) => {
    expect(incompleteTailLength(Uint8Array.from(bytes))).toBe(expected);
  });

  it('is what a stream decoder withholds', () => {
    fc.assert(
      fc.property(byteStrings, (bytes) => {
        const tail = incompleteTailLength(bytes);
        const complete = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, bytes.length - tail));
        expect(complete).toBe(new Utf8StreamDecoder().push(bytes));
      }),
      { numRuns: 2000, seed: 41 },
    );
  });
});

describe('the visible pieces', () => {
  it.each<[string, string, VisiblePiece[]]>([
    [
      'a word',
      ' total',
      [
        { kind: 'spaces', count: 1 },
        { kind: 'text', text: 'total' },
      ],
    ],
    [
      'an indented line',
      '\r\n\t    x',
      [
        { kind: 'carriage-return' },
        { kind: 'line-feed' },
        { kind: 'tab' },
        { kind: 'spaces', count: 4 },
        { kind: 'text', text: 'x' },
      ],
    ],
    [
      'a joined emoji',
      '👩\u200d💻',
      [
        { kind: 'text', text: '👩' },
        { kind: 'codePoint', codePoint: 0x200d },
        { kind: 'text', text: '💻' },
      ],
    ],
    ['a no-break space', '\u00a0', [{ kind: 'codePoint', codePoint: 0xa0 }]],
    ['a replacement character that is one', '\uFFFD', [{ kind: 'text', text: '\uFFFD' }]],
    ['composed and decomposed Hangul', '한\u1112', [{ kind: 'text', text: '한\u1112' }]],
  ])('of %s', (_, text, expected) => {
    expect(visiblePieces(encodeUtf8(text))).toEqual(expected);
  });

  it('name the bytes of a character in pieces', () => {
    expect(visiblePieces(Uint8Array.of(0x95, 0x9c, 0x61, 0xed, 0x95))).toEqual([
      { kind: 'byte', byte: 0x95 },
      { kind: 'byte', byte: 0x9c },
      { kind: 'text', text: 'a' },
      { kind: 'byte', byte: 0xed },
      { kind: 'byte', byte: 0x95 },
    ]);
  });

  it('can be turned back into the bytes, so nothing is hidden', () => {
    fc.assert(
      fc.property(byteStrings, (bytes) => {
        expect(visiblePieces(bytes).flatMap(bytesOf)).toEqual(Array.from(bytes));
      }),
      { numRuns: 2000, seed: 42 },
    );
  });
});

function bytesOf(piece: VisiblePiece): number[] {
  switch (piece.kind) {
    case 'text':
      return Array.from(encodeUtf8(piece.text));
    case 'spaces':
      return Array.from({ length: piece.count }, () => 0x20);
    case 'tab':
      return [0x09];
    case 'line-feed':
      return [0x0a];
    case 'carriage-return':
      return [0x0d];
    case 'codePoint':
      return Array.from(encodeUtf8(String.fromCodePoint(piece.codePoint)));
    case 'byte':
      return [piece.byte];
  }
}
