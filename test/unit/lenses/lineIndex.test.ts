import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../../src/core/lenses/lineIndex.js';
import { anyText } from '../text/anyText.js';

describe('LineIndex', () => {
  it.each([
    ['', [['', 0]]],
    ['a', [['a', 0]]],
    [
      'a\n',
      [
        ['a', 0],
        ['', 2],
      ],
    ],
    [
      'a\r\nb',
      [
        ['a', 0],
        ['b', 3],
      ],
    ],
    [
      '\r\n\n',
      [
        ['', 0],
        ['', 2],
        ['', 3],
      ],
    ],
    [
      '한\n글',
      [
        ['한', 0],
        ['글', 2],
      ],
    ],
  ] as const)('has the lines of %j', (text, lines) => {
    const index = new LineIndex(text);

    const found = Array.from({ length: index.lineCount }, (_, line) => [
      text.slice(index.startOf(line), index.endOf(line)),
      index.startOf(line),
    ]);

    expect(found).toEqual(lines);
  });

  it('finds the line of every offset', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const index = new LineIndex(text);
        for (let offset = 0; offset <= text.length; offset++) {
          const before = text.slice(0, offset);
          expect(index.positionAt(offset)).toEqual({
            line: before.split('\n').length - 1,
            character: before.length - (before.lastIndexOf('\n') + 1),
          });
        }
      }),
      { numRuns: 200, seed: 4 },
    );
  });
});
