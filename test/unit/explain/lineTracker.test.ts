import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineTracker, type TextEdit } from '../../../src/core/explain/lineTracker.js';

/** A document of numbered lines; an edit keeps a line's number as long as the line's first character stays. */
class NumberedText {
  lines: { readonly number: number | undefined; readonly text: string }[];

  constructor(count: number) {
    this.lines = Array.from({ length: count }, (_, number) => ({ number, text: 'line' }));
  }

  apply({ startLine, startCharacter, endLine, endCharacter, text }: TextEdit): void {
    const [first, last] = [this.lines[startLine]!, this.lines[endLine]!];
    const pieces = (first.text.slice(0, startCharacter) + text + last.text.slice(endCharacter)).split('\n');
    const lastBegins = endCharacter === 0 && (text === '' ? startCharacter === 0 : text.endsWith('\n'));
    const keepsFirst = startCharacter > 0 || (startLine === endLine && !lastBegins);
    const added = pieces.map((piece, index) => ({
      number:
        index === pieces.length - 1 && lastBegins ? last.number : index === 0 && keepsFirst ? first.number : undefined,
      text: piece,
    }));
    this.lines.splice(startLine, endLine - startLine + 1, ...added);
  }

  lineOf(number: number): number | undefined {
    const index = this.lines.findIndex((line) => line.number === number);
    return index < 0 ? undefined : index;
  }
}

const edit = (
  startLine: number,
  startCharacter: number,
  endLine: number,
  endCharacter: number,
  text: string,
): TextEdit => ({
  startLine,
  startCharacter,
  endLine,
  endCharacter,
  text,
});

describe('LineTracker', () => {
  it.each([
    ['typing inside a line', edit(2, 1, 2, 1, 'x'), [0, 1, 2, 3, 4]],
    ['a line break inside a line', edit(2, 1, 2, 1, '\n'), [0, 1, 2, 4, 5]],
    ['a line above', edit(2, 0, 2, 0, 'new\n'), [0, 1, 3, 4, 5]],
    ['an accepted suggestion of three lines', edit(1, 4, 1, 4, 'a\nb\nc'), [0, 1, 4, 5, 6]],
    ['a deleted line', edit(1, 0, 2, 0, ''), [0, undefined, 1, 2, 3]],
    ['a line joined to the one above', edit(1, 4, 2, 0, ''), [0, 1, undefined, 2, 3]],
    ['lines replaced by others', edit(1, 0, 3, 2, 'x\ny'), [0, undefined, undefined, undefined, 3]],
  ])('follows lines through %s', (_, change, expected) => {
    const tracker = new LineTracker({ start: 0, end: 5 });
    tracker.apply([change]);
    expect([0, 1, 2, 3, 4].map((line) => tracker.lineNow(line))).toEqual(expected);
  });

  it('takes edits that happened at once in any order', () => {
    const tracker = new LineTracker({ start: 0, end: 5 });
    tracker.apply([edit(0, 0, 0, 0, 'a\n'), edit(3, 0, 4, 0, '')]);
    expect([0, 1, 2, 3, 4].map((line) => tracker.lineNow(line))).toEqual([1, 2, 3, undefined, 4]);
  });

  it('knows lines by the numbers they were given by', () => {
    const tracker = new LineTracker({ start: 10, end: 15 }, -12);
    expect([9, 10, 11, 12, 13, 14, 15].map((line) => tracker.lineNow(line))).toEqual([
      ...[undefined, undefined, undefined, 0, 1, 2, undefined],
    ]);
  });

  it('agrees with lines that carry their numbers, whatever is edited', () => {
    const step = fc.record({
      from: fc.nat(),
      startCharacter: fc.nat(4),
      length: fc.nat(3),
      endCharacter: fc.nat(4),
      text: fc.constantFrom('', 'x', '\n', 'x\n', '\nx', 'a\nb\n'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        const document = new NumberedText(8);
        const tracker = new LineTracker({ start: 0, end: 8 });
        for (const { from, startCharacter, length, endCharacter, text } of steps) {
          const startLine = from % document.lines.length;
          const endLine = Math.min(document.lines.length - 1, startLine + length);
          const start = Math.min(startCharacter, document.lines[startLine]!.text.length);
          const last = Math.min(endCharacter, document.lines[endLine]!.text.length);
          const change = edit(startLine, start, endLine, endLine === startLine ? Math.max(start, last) : last, text);
          document.apply(change);
          tracker.apply([change]);
        }
        for (let number = 0; number < 8; number++) expect(tracker.lineNow(number)).toBe(document.lineOf(number));
      }),
    );
  });
});
