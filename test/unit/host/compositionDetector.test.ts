import { describe, expect, it } from 'vitest';
import { CompositionDetector, type TextChange } from '../../../src/host/completion/compositionDetector.js';

const uri = 'file:///a.ts';

/** Each step is [offset, removed length, text]; returns whether composing is seen at the end of the last one. */
function composingAfter(steps: readonly (readonly [number, number, string])[]): boolean {
  const detector = new CompositionDetector();
  let cursor = 0;
  for (const [offset, removedLength, text] of steps) {
    detector.record(uri, [{ offset, removedLength, text } satisfies TextChange]);
    cursor = offset + text.length;
  }
  return detector.isComposingAt(uri, cursor);
}

describe('CompositionDetector', () => {
  it.each([
    ['the first consonant of a syllable', [[3, 0, 'ㅎ']]],
    [
      'a syllable growing from its consonant',
      [
        [3, 0, 'ㅎ'],
        [3, 1, '하'],
        [3, 1, '한'],
      ],
    ],
    [
      'a final consonant that moves to the next syllable',
      [
        [0, 0, 'ㅎ'],
        [0, 1, '하'],
        [0, 1, '한'],
        [0, 1, '하나'],
      ],
    ],
    [
      'the syllable after it',
      [
        [0, 1, '하나'],
        [1, 1, '난'],
      ],
    ],
    [
      'Kana replacing Kana',
      [
        [0, 0, 'か'],
        [0, 1, 'かん'],
      ],
    ],
    [
      'Han replacing the Kana before it',
      [
        [0, 0, 'か'],
        [0, 1, 'かん'],
        [0, 2, '漢'],
      ],
    ],
  ] as const)('sees %s', (_, steps) => {
    expect(composingAfter(steps)).toBe(true);
  });

  it.each([
    ['a Latin letter', [[0, 0, 'a']]],
    [
      'a space that ends the syllable',
      [
        [0, 0, 'ㅎ'],
        [0, 1, '하'],
        [1, 0, ' '],
      ],
    ],
    ['a whole Korean word pasted', [[0, 0, '한국어']]],
    ['a syllable put in by itself', [[0, 0, '한']]],
    [
      'a suggestion that replaces typed Latin letters',
      [
        [0, 0, 'c'],
        [0, 1, 'console'],
      ],
    ],
    [
      'Korean that replaces text which was not just typed',
      [
        [0, 0, 'x'],
        [5, 2, '한국'],
      ],
    ],
    [
      'a deletion',
      [
        [0, 0, 'ㅎ'],
        [0, 1, ''],
      ],
    ],
  ] as const)('does not see it in %s', (_, steps) => {
    expect(composingAfter(steps)).toBe(false);
  });

  it('ends when the cursor is somewhere else', () => {
    const detector = new CompositionDetector();
    detector.record(uri, [{ offset: 3, removedLength: 0, text: 'ㅎ' }]);

    expect(detector.isComposingAt(uri, 4)).toBe(true);
    expect(detector.isComposingAt(uri, 2)).toBe(false);
  });

  it('does not mix documents, and forgets a closed one', () => {
    const detector = new CompositionDetector();
    detector.record(uri, [{ offset: 0, removedLength: 0, text: 'ㅎ' }]);
    detector.record('file:///b.ts', [{ offset: 0, removedLength: 0, text: 'x' }]);
    expect(detector.isComposingAt(uri, 1)).toBe(true);

    detector.forget(uri);

    expect(detector.isComposingAt(uri, 1)).toBe(false);
  });

  it('takes edits in several places at once for no composing', () => {
    const detector = new CompositionDetector();
    detector.record(uri, [
      { offset: 0, removedLength: 0, text: 'ㅎ' },
      { offset: 9, removedLength: 0, text: 'ㅎ' },
    ]);

    expect(detector.isComposingAt(uri, 1)).toBe(false);
  });
});
