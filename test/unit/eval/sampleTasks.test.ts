import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../src/core/sampling/random.js';
import { headCut, sampleBlock, sampleLine, sampleNothing, sampleWord, type Cut } from '../../eval/tasks/sampleTasks.js';

const text = ['export function add(a: number) {', '  const sum = a + 1;', '', '  return sum;', '}', ''].join('\n');

/** Everything that many draws give, each once. */
function drawn<T>(sample: (text: string, random: Random) => T | undefined, from = text): readonly T[] {
  const found = new Map<string, T>();
  for (let seed = 0; seed < 1_500; seed++) {
    const value = sample(from, createRandom(seed));
    if (value !== undefined) found.set(JSON.stringify(value), value);
  }
  return [...found.values()];
}

const answers = (cuts: readonly Cut[], from = text): readonly string[] =>
  cuts.map(({ start, end }) => from.slice(start, end)).sort();

describe('cuts of a text', () => {
  it('take whole lines, from behind their indentation', () => {
    expect(answers(drawn(sampleLine))).toEqual(
      ['export function add(a: number) {', 'const sum = a + 1;', 'return sum;', '}'].sort(),
    );
  });

  it('take the rest of a line from the start of a word and from inside the same word', () => {
    for (const { boundary, inside } of drawn(sampleWord)) {
      const word = /^[a-z]+/.exec(text.slice(boundary.start))![0];

      expect(text[boundary.start - 1] ?? '\n').toMatch(/[^a-z]/);
      expect(inside.start).toBeGreaterThan(boundary.start);
      expect(inside.start).toBeLessThan(boundary.start + word.length);
      expect([boundary.end, text[boundary.end]]).toEqual([inside.end, '\n']);
    }
  });

  it('take every character that stands inside a word', () => {
    const words = text.match(/[a-z]{2,}/g)!;

    expect(drawn(sampleWord)).toHaveLength(words.join('').length - words.length);
  });

  it('never divide a character', () => {
    const korean = '// 값을 센다 𝐱𝐲𝐳\n';
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const inside = sampleWord(korean, createRandom(seed))?.inside.start ?? 0;

        expect(korean.slice(inside)).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });

  it('take the body of a block without what closes it', () => {
    expect(answers(drawn(sampleBlock))).toEqual(['const sum = a + 1;\n\n  return sum;']);
    const python = 'def f(x):\n    if x:\n        return 1\n    return 2\n\n\nf(1)\n';
    expect(answers(drawn(sampleBlock, python), python)).toEqual(['if x:\n        return 1\n    return 2']);
  });

  it('take the ends of lines for places at which nothing is missing', () => {
    const ends = drawn(sampleNothing);

    expect(ends.every(({ start, end }) => start === end && (text[start] ?? '\n') === '\n')).toBe(true);
    expect(ends).toHaveLength(6);
  });

  it('take the beginning of a text, in whole lines', () => {
    expect(text.slice(0, headCut(text, 60).end)).toBe('export function add(a: number) {\n  const sum = a + 1;\n\n');
    expect(headCut(text, 1_000)).toEqual({ start: 0, end: text.length });
  });
});
