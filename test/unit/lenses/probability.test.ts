import { describe, expect, it } from 'vitest';
import { levelMarks } from '../../../src/core/lenses/levelMarks.js';
import { maxMarks } from '../../../src/core/lenses/lensMark.js';
import { PlacedText } from '../../../src/core/lenses/placedText.js';
import { ScoredText, segmentBits } from '../../../src/core/lenses/scoredText.js';
import { scoringLimits, scoringRegion } from '../../../src/core/lenses/scoringRegion.js';
import { surprisalBits, surprisalStep, surprisalSteps } from '../../../src/core/lenses/surprisal.js';
import type { ScoredTokens } from '../../../src/core/scores/scoredTokens.js';
import { bundledTokenizerJson, textTokenizer } from '../tokenizer/tokenizerFixtures.js';

const tokenizer = textTokenizer(bundledTokenizerJson());
const origin = { line: 0, character: 0 };

/** Tokens of a text with these probabilities, those that are not given unknown. */
function scored(text: string, probabilities: readonly number[], from = 0): ScoredTokens {
  const { ids, starts, ends, byteStarts, byteEnds } = tokenizer.columns(text);
  const slice = (column: Uint32Array): Uint32Array => column.slice(from);
  const logProbs = Float32Array.from(slice(ids), (_, index) => Math.log(probabilities[index] ?? NaN));
  return {
    firstToken: from,
    ids: slice(ids),
    starts: slice(starts),
    ends: slice(ends),
    byteStarts: slice(byteStarts),
    byteEnds: slice(byteEnds),
    logProbs,
    ranks: Uint32Array.from(logProbs, (logProb) => (Number.isNaN(logProb) ? 0 : 1)),
    entropies: logProbs,
    topCount: 0,
    topIds: new Uint32Array(0),
    topLogProbs: new Float32Array(0),
    vocabulary: { ids: new Uint32Array(0), texts: [] },
  };
}

describe('surprisal', () => {
  it('is one bit for a probability of a half', () => {
    expect(surprisalBits(Math.log(0.5))).toBeCloseTo(1);
    expect(surprisalBits(0)).toBeCloseTo(0);
  });

  it('rises in steps, and is none where nobody asked', () => {
    expect([0, 0.99, 1, 3, 5, 8, 12, 40].map(surprisalStep)).toEqual([0, 0, 1, 2, 3, 4, 5, 6]);
    expect(surprisalStep(NaN)).toBe(0);
    expect(surprisalStep(Infinity)).toBe(surprisalSteps.length);
  });
});

describe('a scored text', () => {
  it('knows the segments of pieces as they come, and of all in the end', () => {
    const code = 'if x:\n    return 1\n';
    const text = new ScoredText(code, origin);
    text.add(scored(code, [0.5, 0.1], 4));

    expect(text.segmentAt(0)).toBeUndefined();
    expect(text.segmentAt(12)).toBeDefined();

    text.complete(scored(code, [0.25, 0.5, 0.9]));
    expect(segmentBits(text.segmentAt(0)!)).toBeCloseTo(2);
    expect(text.whole?.firstToken).toBe(0);
  });

  it('adds up the bits of the tokens of one character', () => {
    const text = new ScoredText('값', origin);
    const { length } = tokenizer.columns('값').ids;
    text.complete(scored('값', new Array<number>(length).fill(0.5)));

    expect(length).toBeGreaterThan(1);
    expect(segmentBits(text.segmentAt(0)!)).toBeCloseTo(length);
  });

  it('gives the levels of the lines that are asked for, wherever the text stands in the document', () => {
    const code = 'aaa bbb\nccc ddd\n';
    const text = new ScoredText(code, { line: 10, character: 0 });
    text.complete(scored(code, new Array<number>(20).fill(0.1)));

    const levels = [...text.levels([{ start: 11, end: 12 }])];

    expect(levels[0]?.start).toBe(8);
    expect(levels.every(({ level }) => level === 2)).toBe(true);
  });
});

describe('marks of levels', () => {
  const text = new PlacedText('ab\n\n  cd', { line: 5, character: 3 });
  const everything = { painted: [{ start: 0, end: 100 }], seen: [{ start: 0, end: 100 }] };

  it('cut a range at line ends, which are drawn', () => {
    const { marks } = levelMarks(text, [{ start: 1, end: 7, level: 3 }], everything, 6);

    expect(marks).toEqual([
      { line: 5, start: 4, end: 5, style: 2 },
      { line: 5, start: 5, end: 5, style: 6, label: '↵', labelStyle: 2 },
      { line: 6, start: 0, end: 0, style: 6, label: '↵', labelStyle: 2 },
      { line: 7, start: 0, end: 3, style: 2 },
    ]);
  });

  it('are none for level 0, and at most as many as an editor bears', () => {
    const long = new PlacedText('x\n'.repeat(3000), origin);
    const ranges = Array.from({ length: 3000 }, (_, line) => ({ start: 2 * line, end: 2 * line + 1, level: line % 2 }));
    const seen = [{ start: 2000, end: 2010 }];
    const { marks, isComplete } = levelMarks(long, ranges, { painted: [{ start: 0, end: 3000 }], seen }, 6);

    expect(marks).toHaveLength(maxMarks);
    expect(isComplete).toBe(true);
    expect(marks.slice(0, 5).map(({ line }) => line)).toEqual([2001, 2003, 2005, 2007, 2009]);
  });
});

describe('what is given to the model', () => {
  const lines = (lineCount: number, length = 40) => ({ lineCount, lengthOf: () => length });

  it('is the whole document when that is not too large', () => {
    expect(scoringRegion(lines(1000), 41_000, [{ start: 10, end: 50 }], origin)).toEqual({
      start: origin,
      end: { line: 999, character: 40 },
      isWhole: true,
    });
  });

  it('is enough before what is seen, and the same while one scrolls a little', () => {
    const at = (start: number) => scoringRegion(lines(100_000), 4_100_000, [{ start, end: start + 40 }], origin);
    const region = at(50_000);

    expect(region.isWhole).toBe(false);
    expect(50_000 - region.start.line).toBeGreaterThan(scoringLimits.beforeCharacters / 41 - 1);
    expect(region.end.line).toBeGreaterThan(50_040);
    expect(at(50_010)).toEqual(region);
  });

  it('is around the cursor in a line of a megabyte, the whole of which is never given', () => {
    const oneLine = lines(1, 1_000_000);
    const region = scoringRegion(oneLine, 1_000_000, [{ start: 0, end: 1 }], { line: 0, character: 500_100 });

    expect(region.start.character).toBe(500_000 - scoringLimits.beforeCharacters);
    expect(region.end.character).toBeGreaterThan(500_100);
    expect(region.end.character - region.start.character).toBeLessThan(40_000);
  });
});
