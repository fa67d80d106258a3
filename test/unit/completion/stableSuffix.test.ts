import { describe, expect, it } from 'vitest';
import { StableSuffixes, changedShare } from '../../../src/core/completion/stableSuffix.js';

const lines = (count: number, change: (line: string, index: number) => string = (line) => line): string =>
  `\n${Array.from({ length: count }, (_, index) => change(`  const value${String(index)} = compute();`, index)).join('\n')}`;

describe('changedShare', () => {
  it.each([
    ['equal', lines(20), lines(20), 0, 0],
    [
      'one line of twenty changed',
      lines(20),
      lines(20, (line, index) => (index === 9 ? line.replace('c', 'C') : line)),
      0.04,
      0.06,
    ],
    [
      'one line inserted',
      lines(20),
      lines(20, (line, index) => (index === 9 ? `${line}\n  ${line}` : line)),
      0.04,
      0.06,
    ],
    ['one line fell off the end', lines(20), lines(19), 0.04, 0.06],
    [
      'inserted and fell off the end',
      lines(20),
      lines(19, (line, i) => (i === 9 ? `${line}\n${line}` : line)),
      0.03,
      0.11,
    ],
    ['half of it changed', lines(20), lines(20, (line, index) => (index > 9 ? `${line};` : line)), 0.45, 0.6],
    ['the first line changed', lines(20), lines(20, (line, index) => (index === 0 ? `${line};` : line)), 1, 1],
    ['the rest of the line came in', lines(20), `)${lines(20)}`, 1, 1],
    ['all gone', lines(20), '', 1, 1],
    ['only blank lines before', `\n${lines(20)}`, lines(20), 0, 0.01],
    ['Korean', '\n가 = 나\n다 = 라', '\n가 = 나\n다 = 마', 0.4, 0.6],
  ])('%s', (_, before, after, least, most) => {
    expect(changedShare(before, after)).toBeGreaterThanOrEqual(least);
    expect(changedShare(before, after)).toBeLessThanOrEqual(most);
    expect(changedShare(after, before)).toBeCloseTo(changedShare(before, after), 10);
  });

  it('gives up on thousands of differing lines instead of taking long', () => {
    const started = performance.now();
    expect(changedShare(`\nx${'\n'.repeat(2_000)}y`, `\nx${'\n '.repeat(1_000)}z`)).toBe(1);
    expect(performance.now() - started).toBeLessThan(50);
  });
});

describe('StableSuffixes', () => {
  it('keeps the suffix that was sent while little of it changed', () => {
    const suffixes = new StableSuffixes();
    const sent = suffixes.choose('a', lines(40));

    expect(
      suffixes.choose(
        'a',
        lines(40, (line, index) => (index === 20 ? `${line};` : line)),
      ),
    ).toBe(sent);
    expect(
      suffixes.choose(
        'a',
        lines(40, (line, index) => (index > 20 ? `${line};` : line)),
      ),
    ).not.toBe(sent);
  });

  it('compares with what was sent, so that many small changes add up', () => {
    const suffixes = new StableSuffixes();
    const sent = suffixes.choose('a', lines(40));
    const chosen = Array.from({ length: 10 }, (_, edited) =>
      suffixes.choose(
        'a',
        lines(40, (line, index) => (index > 5 && index <= 5 + edited ? `${line};` : line)),
      ),
    );

    expect(chosen.slice(0, 3)).toEqual([sent, sent, sent]);
    expect(chosen.at(-1)).not.toBe(sent);
  });

  it('keeps documents apart and forgets the closed ones and the oldest', () => {
    const suffixes = new StableSuffixes();
    const sent = suffixes.choose('a', lines(40));
    const edited = lines(40, (line, index) => (index === 20 ? `${line};` : line));

    expect(suffixes.choose('b', edited)).toBe(edited);
    suffixes.forget('a');
    expect(suffixes.choose('a', edited)).toBe(edited);
    for (let index = 0; index < 30; index++) suffixes.choose(`other ${String(index)}`, sent);
    expect(suffixes.choose('a', sent)).toBe(sent);
  });
});
