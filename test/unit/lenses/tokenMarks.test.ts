import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { maxMarks, type LensMark } from '../../../src/core/lenses/lensMark.js';
import { readingLimits } from '../../../src/core/lenses/readingPlan.js';
import { TokenizedStretch } from '../../../src/core/lenses/tokenizedStretch.js';
import { blanks, tokenMarks, tokenStyles } from '../../../src/core/lenses/tokenMarks.js';
import { anyText } from '../text/anyText.js';
import { bundledTokenizerJson, textTokenizer, trainedTokenizerJson } from '../tokenizer/tokenizerFixtures.js';

// Hundreds of cases a property, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const bundled = textTokenizer(bundledTokenizerJson());
const everything = [{ start: 0, end: 1_000_000 }];

function stretchOf(text: string): TokenizedStretch {
  return new TokenizedStretch(text, bundled.columns(text), { line: 0, character: 0 });
}

function marksOf(text: string): readonly LensMark[] {
  return tokenMarks([stretchOf(text)], everything, everything).marks;
}

/** True for what shows a token, false for what makes blanks and line ends visible. */
const isToken = ({ style }: LensMark): boolean => style < tokenStyles.blank(1, 0);

/** What the marks cover, as text, and what they draw. */
function shown(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n/);
  return marksOf(text)
    .toSorted((a, b) => a.line - b.line || a.start - b.start || b.end - a.end)
    .map((mark) => {
      const {
        line,
        start,
        end,
        label = isToken(mark) ? undefined : blanks[(mark.style - tokenStyles.blank(1, 0)) % blanks.length],
      } = mark;
      return `${line}:${lines[line]!.slice(start, end)}${label === undefined ? '' : `|${label}`}`;
    });
}

describe('the marks of a text', () => {
  it('are its tokens, its blanks and its line ends', () => {
    expect(shown('if x:\n    return 1\n')).toEqual([
      '0:if',
      '0: x',
      '0: |1',
      '0::',
      '0:|↵',
      '1:    ',
      '1:    |4',
      '1:return',
      '1: 1',
      '1: |1',
      '1:|↵',
    ]);
  });

  it('show tabs one by one, and the two halves of a line end', () => {
    expect(shown('\t\tx\r\n').filter((mark) => mark.includes('|'))).toEqual(['0:\t|tab', '0:\t|tab', '0:|␍↵']);
  });

  it('draw many spaces in few pieces, neighbours in different styles', () => {
    for (const text of [`${' '.repeat(40)}x`, '       return 1', '\t\t\tx', '    \t     x']) {
      const drawn = marksOf(text)
        .filter((mark) => !isToken(mark))
        .toSorted((a, b) => a.start - b.start);
      expect(drawn.length).toBeGreaterThan(2);
      const meeting = drawn.filter(({ end, style }) => {
        return drawn.some((other) => other.start === end && other.style === style);
      });
      expect(meeting).toEqual([]);
    }
    expect(shown(`${' '.repeat(11)}x`).filter((mark) => mark.includes('|'))).toEqual([
      '0:    |4',
      '0:    |4',
      '0: |1',
      '0: |1',
      '0: |1',
    ]);
  });

  it('join the tokens of a character to one mark', () => {
    const marks = marksOf('👩‍👩‍👧값');

    expect(bundled.columns('👩‍👩‍👧값').ids.length).toBeGreaterThan(2);
    expect(marks.map(({ start, end }) => [start, end])).toEqual([
      [0, 8],
      [8, 9],
    ]);
  });

  it('give neighbours different colours, and a line the same ones wherever it stands', () => {
    const line = 'const total = items.reduce((a, b) => a + b, 0);';
    const colours = (text: string, at: number): number[] =>
      marksOf(text).flatMap((mark) => (mark.line === at && isToken(mark) ? [mark.style] : []));

    const alone = colours(line, 0);

    expect(alone.length).toBeGreaterThan(5);
    expect(colours(`// head\n${line}`, 1)).toEqual(alone);
    expect(alone.filter((style, index) => index > 0 && style % 5 === alone[index - 1]! % 5)).toEqual([]);
  });

  it('begin a token once, also when it reaches over lines', () => {
    const stretch = stretchOf('a:\n\n\n\nb');
    const { marks } = tokenMarks([stretch], everything, everything);
    const lineEnds = marks.filter(({ label }) => label === '↵');
    const begun = lineEnds.filter(({ labelStyle }) => labelStyle! < tokenStyles.continued(0));

    expect(lineEnds).toHaveLength(4);
    expect(begun.length).toBeLessThan(4);
  });

  it('cover every visible character of any text exactly once', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { lines } = stretchOf(text);
        const tokens = marksOf(text).filter(isToken);
        fc.pre(tokens.length < maxMarks);
        for (let line = 0; line < lines.lineCount; line++) {
          const parts = tokens.filter((mark) => mark.line === line).toSorted((a, b) => a.start - b.start);
          const length = lines.endOf(line) - lines.startOf(line);
          expect(parts.map(({ start }) => start)).toEqual(
            length === 0 ? [] : [0, ...parts.slice(0, -1).map(({ end }) => end)],
          );
          expect(parts.at(-1)?.end ?? 0).toBe(length);
        }
      }),
      { numRuns: 300, seed: 8 },
    );
  });

  it('are at most as many as an editor bears, those that are seen first', () => {
    const text = 'a b c d e f\n'.repeat(1000);
    const seen = [{ start: 500, end: 520 }];
    const { marks, boxes, isComplete } = tokenMarks([stretchOf(text)], everything, seen);
    const all = tokenMarks([stretchOf(text)], everything, everything);

    expect(marks).toHaveLength(maxMarks);
    expect(isComplete).toBe(true);
    expect(marks.slice(0, boxes).filter(isToken)).toHaveLength(20 * 6);
    expect(marks.slice(boxes, boxes + 20).map(({ style }) => style)).toEqual(Array(20).fill(tokenStyles.lineEnd));
    expect(new Set(marks.slice(0, 120).map(({ line }) => line))).toEqual(
      new Set(Array.from({ length: 20 }, (_, i) => 500 + i)),
    );
    expect(all.isComplete).toBe(false);
  });
});

describe('a part of a document', () => {
  const source = readSample();

  it.each([
    ['the bundled model', bundled],
    ['WordPiece', textTokenizer(trainedTokenizerJson('wordpiece'))],
    ['Unigram', textTokenizer(trainedTokenizerJson('unigram'))],
  ])('has the tokens of the whole document, read from some lines before: %s', (_, tokenizer) => {
    const whole = new TokenizedStretch(source, tokenizer.columns(source), { line: 0, character: 0 });
    const seen = [{ start: 60, end: 90 }];
    const readFrom = whole.lines.startOf(60 - readingLimits.leadLines);
    const text = source.slice(readFrom, whole.lines.startOf(90 + readingLimits.tailLines));
    const start = { line: 60 - readingLimits.leadLines, character: 0 };
    const valid = { start: whole.lines.startOf(60) - readFrom, end: whole.lines.startOf(90) - readFrom };
    const part = new TokenizedStretch(text, tokenizer.columns(text), start, valid);

    expect(tokenMarks([part], seen, seen)).toEqual(tokenMarks([whole], seen, seen));
  });

  it('knows where it stands in the document', () => {
    const part = new TokenizedStretch(
      'b = 1\nc',
      bundled.columns('b = 1\nc'),
      { line: 7, character: 10 },
      { start: 2, end: 7 },
    );

    expect(part.positionAt(2)).toEqual({ line: 7, character: 12 });
    expect(part.positionAt(6)).toEqual({ line: 8, character: 0 });
    expect(part.offsetAt({ line: 7, character: 12 })).toBe(2);
    expect(part.offsetAt({ line: 7, character: 10 })).toBeUndefined();
    expect(part.offsetAt({ line: 8, character: 1 })).toBe(7);
    expect(part.offsetAt({ line: 9, character: 0 })).toBeUndefined();
  });
});

/** A hundred lines of code with Korean comments. */
function readSample(): string {
  return Array.from({ length: 100 }, (_, line) =>
    line % 7 === 0
      ? `# ${line}번째 줄의 값을 더한다 👩‍👩‍👧`
      : `${' '.repeat(4 * (line % 3))}value_${line} = compute(value_${line - 1}, "text ${line}")${line % 11 === 0 ? '\n' : ''}`,
  ).join('\n');
}
