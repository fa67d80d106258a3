import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../text/anyText.js';
import { lexemesOf } from '../../eval/ngram/lexemes.js';
import { NestedNgram } from '../../eval/ngram/nestedNgram.js';
import { NgramCounts } from '../../eval/ngram/ngramCounts.js';

const [a, b, c, d] = [0, 1, 2, 3];

function counted(order: number, ...texts: readonly (readonly number[])[]): NgramCounts {
  const counts = new NgramCounts(order);
  for (const text of texts) counts.add(text);
  return counts;
}

describe('lexemes', () => {
  it.each([
    ['const x = 1;\n', ['const', ' x', ' =', ' 1', ';', '\n']],
    ['    return foo(한글)', ['    ', 'return', ' foo', '(', '한글', ')']],
    ['\tif  (a)', ['\t', 'if', '  ', '(', 'a', ')']],
    ['😀\ud800', ['😀', '\ud800']],
  ])('of %j are %j', (text, expected) => {
    expect(lexemesOf(text)).toEqual(expected);
  });

  it('tile every text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(lexemesOf(text).join('')).toBe(text);
      }),
    );
  });
});

describe('n-gram counts', () => {
  it('know every sequence up to their order', () => {
    const counts = counted(2, [a, b, a, b, c]);
    const afterA = counts.child(0, a)!;

    expect(counts.count(afterA)).toBe(2);
    expect(counts.count(counts.child(afterA, b)!)).toBe(2);
    expect(counts.followed(counts.child(0, c)!)).toBe(0);
    expect(counts.child(counts.child(afterA, b)!, a)).toBeUndefined();
  });

  it('are what they were when a text is taken out again', () => {
    const counts = counted(3, [a, b, c]);
    counts.add([a, c, d]);
    counts.remove([a, c, d]);
    const afterA = counts.child(0, a)!;

    expect(counts.count(afterA)).toBe(1);
    expect([...counts.followers(afterA)]).toEqual([b]);
    expect(counts.followed(0)).toBe(3);
  });
});

describe('the nested n-gram', () => {
  it('smooths by Jelinek and Mercer', () => {
    // After `a`: b twice, c once. Overall: a 3, b 2, c 1 of 6; the lengths 1 and 0 weigh 1/2 and 1/4 of 3/4.
    const ngram = new NestedNgram([counted(2, [a, b, a, b, a, c])], 2);

    expect(ngram.probability([a], b)).toBeCloseTo((0.5 * (2 / 3) + 0.25 * (2 / 6)) / 0.75, 12);
    expect(ngram.probability([a], c)).toBeCloseTo((0.5 * (1 / 3) + 0.25 * (1 / 6)) / 0.75, 12);
  });

  it('trusts a cache the more the longer the contexts are that it knows', () => {
    const file = counted(3, [a, b, c]);
    const repository = counted(3, [b, d], [d, d]);
    const ngram = new NestedNgram([file, repository], 3);
    // The file knows `a b`, `b` and nothing (weight 8), the repository `b` and nothing (weight 4).
    const inFile = (0.5 + 0.25 + 0.125 / 3) / 0.875;

    expect(ngram.probability([a, b], c)).toBeCloseTo((8 * inFile) / 12, 12);
  });

  it('divides the whole probability among the tokens', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 40 }), (text) => {
        const ngram = new NestedNgram([counted(4, text), counted(4, [...text].reverse())], 4);
        const history = text.slice(-3);
        const sum = [0, 1, 2, 3, 4].reduce((total, token) => total + ngram.probability(history, token), 0);

        expect(sum).toBeCloseTo(1, 9);
      }),
    );
  });

  it('chooses what the nearest cache has seen in the longest context', () => {
    const ngram = new NestedNgram([counted(3, [a, b, c, a, b]), counted(3, [b, d], [b, d])], 3);

    expect(ngram.likeliest([a, b], () => true)).toBe(c);
    expect(ngram.likeliest([a, b], (token) => token === d)).toBe(d);
    expect(ngram.likeliest([a, b], () => false)).toBeUndefined();
  });

  it('without any text knows nothing', () => {
    const ngram = new NestedNgram([counted(3)], 3);

    expect(ngram.likeliest([a], () => true)).toBeUndefined();
    expect(ngram.probability([a], b)).toBe(0);
  });
});
