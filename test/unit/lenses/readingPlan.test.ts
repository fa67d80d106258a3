import { describe, expect, it } from 'vitest';
import { linesToPaint, planReading, readingLimits, type LineLengths } from '../../../src/core/lenses/readingPlan.js';

function document(lineCount: number, long: Readonly<Record<number, number>> = {}): LineLengths {
  return { lineCount, lengthOf: (line) => long[line] ?? 40 };
}

const { lineCharacters, leadCharacters, leadLines, tailLines, marginLines, foldedLines } = readingLimits;

describe('lines to paint', () => {
  it('are those that are seen and a margin around them, within the document', () => {
    expect(linesToPaint([{ start: 100, end: 140 }], 10_000)).toEqual([
      { start: 100 - marginLines, end: 140 + marginLines },
    ]);
    expect(linesToPaint([{ start: 3, end: 9 }], 10)).toEqual([{ start: 0, end: 10 }]);
  });

  it('have no margin where code is folded', () => {
    const seen = [
      { start: 50, end: 60 },
      { start: 200, end: 210 },
    ];

    expect(linesToPaint(seen, 10_000)).toEqual([
      { start: 50 - marginLines, end: 60 },
      { start: 200, end: 210 + marginLines },
    ]);
  });
});

describe('the reading plan', () => {
  it('reads some lines before the painted ones, and their line ends', () => {
    expect(planReading(document(10_000), [{ start: 100, end: 140 }], undefined)).toEqual([
      {
        readFrom: { line: 100 - leadLines, character: 0 },
        readTo: { line: 140 + tailLines, character: 0 },
        paintFrom: { line: 100, character: 0 },
        paintTo: { line: 140, character: 0 },
      },
    ]);
  });

  it('ends at the last character of the document', () => {
    const [stretch] = planReading(document(3), [{ start: 0, end: 3 }], undefined);

    expect(stretch?.paintTo).toEqual({ line: 2, character: 40 });
  });

  it('has one stretch for the empty document', () => {
    const empty = { lineCount: 1, lengthOf: () => 0 };

    expect(planReading(empty, [{ start: 0, end: 1 }], undefined)).toEqual([
      {
        readFrom: { line: 0, character: 0 },
        readTo: { line: 0, character: 0 },
        paintFrom: { line: 0, character: 0 },
        paintTo: { line: 0, character: 0 },
      },
    ]);
  });

  it('reads over what is folded when that is little, and around it when it is much', () => {
    const near = [
      { start: 0, end: 10 },
      { start: 10 + foldedLines, end: 200 },
    ];
    const far = [
      { start: 0, end: 10 },
      { start: 11 + foldedLines, end: 200 },
    ];

    expect(planReading(document(10_000), near, undefined)).toHaveLength(1);
    expect(planReading(document(10_000), far, undefined)).toHaveLength(2);
  });

  it('never reads a long line whole: its beginning, or what is around the cursor', () => {
    const oneLine = document(1, { 0: 1_000_000 });
    const lines = [{ start: 0, end: 1 }];
    const start = 500_000 - lineCharacters / 2;

    expect(planReading(oneLine, lines, undefined)).toEqual([
      {
        readFrom: { line: 0, character: 0 },
        readTo: { line: 0, character: lineCharacters + leadCharacters },
        paintFrom: { line: 0, character: 0 },
        paintTo: { line: 0, character: lineCharacters },
      },
    ]);
    expect(planReading(oneLine, lines, { line: 0, character: 500_000 })).toEqual([
      {
        readFrom: { line: 0, character: start - leadCharacters },
        readTo: { line: 0, character: start + lineCharacters + leadCharacters },
        paintFrom: { line: 0, character: start },
        paintTo: { line: 0, character: start + lineCharacters },
      },
    ]);
    expect(planReading(oneLine, lines, { line: 0, character: 1_000_000 })[0]?.paintTo.character).toBe(1_000_000);
  });

  it('reads ordinary lines around a long one by themselves', () => {
    const stretches = planReading(document(30, { 10: 20_000 }), [{ start: 0, end: 30 }], undefined);

    expect(stretches.map(({ paintFrom, paintTo }) => [paintFrom.line, paintTo.line])).toEqual([
      [0, 10],
      [10, 10],
      [11, 29],
    ]);
  });
});
