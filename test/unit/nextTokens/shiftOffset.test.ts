import { describe, expect, it } from 'vitest';
import { shiftOffset, type TextChange } from '../../../src/core/nextTokens/shiftOffset.js';

function change(offset: number, removedLength: number, insertedLength: number): TextChange {
  return { offset, removedLength, insertedLength };
}

describe('a place in a text that changes', () => {
  it.each<[string, TextChange[], number | undefined]>([
    ['nothing', [], 10],
    ['text inserted before', [change(3, 0, 4)], 14],
    ['text removed before', [change(3, 4, 0)], 6],
    ['text inserted after', [change(11, 0, 4)], 10],
    ['text inserted at it', [change(10, 0, 4)], 10],
    ['text removed up to it', [change(7, 3, 0)], 7],
    ['text removed from it on', [change(10, 3, 0)], 10],
    ['text around it replaced', [change(8, 4, 4)], undefined],
    ['several changes at once', [change(12, 1, 0), change(5, 1, 3), change(0, 2, 0)], 10],
  ])('after %s', (_, changes, expected) => {
    expect(shiftOffset(10, changes)).toBe(expected);
  });

  it('at the start of the text stays there', () => {
    expect(shiftOffset(0, [change(0, 5, 2)])).toBe(0);
  });
});
