import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textStart } from '../../../src/core/memory/tokenTexts.js';
import { TokenMemory, type MemoryMatch } from '../../../src/core/memory/tokenMemory.js';

/** Few different tokens, so that texts agree often. */
const token = fc.integer({ min: 0, max: 3 });
const text = fc.array(token, { maxLength: 30 });
const key = fc.constantFrom('a', 'b', 'c');

/** Every place where the last two or more tokens of the history stand and are followed, found by comparing everything. */
function searched(
  texts: ReadonlyMap<string, readonly number[]>,
  history: readonly number[],
  leftOut?: string,
): string[] {
  return [...texts].flatMap(([name, tokens]) =>
    name === leftOut
      ? []
      : tokens.flatMap((next, index) => {
          let length = 0;
          while (length < index && length < history.length && tokens[index - 1 - length] === history.at(-1 - length)) {
            length++;
          }
          return length < 2 ? [] : [`${name} ${index} ${next} ${Math.min(length, 32)}`];
        }),
  );
}

describe('a token memory', () => {
  it('finds every place that a search finds, whatever was remembered, replaced and forgotten before', () => {
    const change = fc.record({ key, tokens: fc.option(text) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), text, fc.option(key), (changes, history, leftOut) => {
        const memory = new TokenMemory([], 4);
        const texts = new Map<string, readonly number[]>();
        for (const { key: name, tokens } of changes) {
          if (tokens === null) {
            memory.delete(name);
            texts.delete(name);
          } else {
            memory.set(name, tokens);
            texts.set(name, tokens);
          }
        }

        const found = memory.matches(history, leftOut === null ? {} : { leftOut });

        expect(found.map((match) => `${match.key} ${match.index} ${match.token} ${match.length}`).toSorted()).toEqual(
          searched(texts, history, leftOut ?? undefined).toSorted(),
        );
        expect(memory.textCount).toBe(texts.size);
      }),
    );
  });

  it('gives long agreement before short, and of that the text remembered last first', () => {
    const memory = new TokenMemory();
    memory.set('long', [1, 2, 3, 4, 5, 6, 7, 10]);
    memory.set('old', [6, 7, 11]);
    memory.set('new', [6, 7, 12]);

    const found = memory.matches([1, 2, 3, 4, 5, 6, 7]);

    expect(found.map(({ key: name, token: next, length }) => [name, next, length])).toEqual([
      ['long', 10, 7],
      ['new', 12, 2],
      ['old', 11, 2],
    ]);
  });

  it('takes tokens that are alike for the same before a place, where that is asked for', () => {
    const lines = { old: [1, 20, 3, 7], new: [1, 21, 3, 8] };
    const memory = new TokenMemory(Array.from({ length: 22 }, (_, id) => (id >= 20 ? 20 : id)));
    for (const [name, tokens] of Object.entries(lines)) memory.set(name, tokens);
    const found = (isExact: boolean): unknown =>
      memory.matches([1, 20, 3], { isExact }).map(({ key: name, token: next, length }) => [name, next, length]);

    expect(found(true)).toEqual([['old', 7, 3]]);
    expect(found(false)).toEqual([
      ['new', 8, 3],
      ['old', 7, 3],
    ]);
  });

  it('knows how texts begin, and that pieces of texts do not', () => {
    const memory = new TokenMemory();
    memory.set('whole', [5, 6]);
    memory.set('piece', [7, 8], false);

    expect(memory.matches([textStart, textStart])).toMatchObject([{ key: 'whole', index: 0, token: 5, length: 2 }]);
    expect(memory.matches([textStart, textStart, 7])).toEqual([]);
  });

  it('counts only places that are accepted, by what follows to the end of the text', () => {
    const memory = new TokenMemory();
    memory.set('a', [1, 2, 3, 9]);
    memory.set('b', [1, 2, 3]);
    const ends: number[] = [];

    const found = memory.matches([1, 2], {
      accepts: (tokenAt) => {
        ends.push(tokenAt(1));
        return tokenAt(1) === 9;
      },
    });

    expect(ends).toEqual([-1, 9]);
    expect(found.map(({ key: name }) => name)).toEqual(['a']);
  });

  it('gives the room back of what was forgotten', () => {
    const memory = new TokenMemory();
    const long = Array.from({ length: 5_000 }, (_, index) => index % 97);
    for (let round = 0; round < 20; round++) memory.set('a', long);

    expect(memory.tokenCount).toBeLessThanOrEqual(long.length + 1);
    expect(memory.sumOver('a', 3, [5, 6, 7, 8])).toBe(18);
    expect(memory.sumOver('gone', 3, [5, 6, 7, 8])).toBe(0);
  });
});

describe('a line that is to be filled in', () => {
  const lineBreak = 0;
  const brief = ({ key: name, index, token: next, length, ahead }: MemoryMatch): unknown[] => [
    name,
    index,
    next,
    length,
    ahead,
  ];

  it('is found by what stands before the cursor and by what follows the line', () => {
    const memory = new TokenMemory();
    memory.set('both', [4, 0, 1, 2, 3, 0, 8, 9]);
    memory.set('before', [4, 0, 1, 2, 5, 0, 7]);
    memory.set('behind', [6, 0, 3, 3, 0, 8, 9]);

    const found = memory.matches([4, 0], { ahead: [0, 8, 9], isExact: false });

    expect(found.map(brief)).toEqual([
      ['before', 2, 1, 2, 1],
      ['both', 2, 1, 2, 3],
      ['behind', 2, 3, 1, 3],
    ]);
  });

  it('is one that begins like the line so far', () => {
    const memory = new TokenMemory();
    memory.set('other', [6, 0, 3, 4, 0, 8, 9]);
    memory.set('same', [6, 0, 5, 4, 0, 8, 9]);
    const ask = (...line: readonly number[]): unknown[] =>
      memory.matches([7, 0, ...line], { ahead: [0, 8, 9], isExact: false }).map(brief);

    expect(ask(5)).toEqual([['same', 3, 4, 2, 3]]);
    expect(ask(4)).toEqual([]);
    expect(ask()).toEqual([
      ['same', 2, 5, 1, 3],
      ['other', 2, 3, 1, 3],
    ]);
  });

  it('is every line that a search finds, by all that agrees on both sides', () => {
    const tokens = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 24 });
    fc.assert(
      fc.property(
        tokens,
        tokens,
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 6 }),
        (text, history, behind) => {
          const ahead = [lineBreak, ...behind];
          const memory = new TokenMemory([], 4);
          memory.set('a', text);

          const found = memory.matches(history, { ahead, isExact: false });

          expect(found.map((match) => brief(match).join(' ')).toSorted()).toEqual(
            searchedLines(text, history, ahead).toSorted(),
          );
        },
      ),
    );
  });

  /** Every place that the history leads to, and every one in a line that begins so and is followed so. */
  function searchedLines(text: readonly number[], history: readonly number[], ahead: readonly number[]): string[] {
    const lineLength = history.length - 1 - history.lastIndexOf(lineBreak);
    return text.flatMap((next, index) => {
      let length = 0;
      while (length < index && length < history.length && text[index - 1 - length] === history.at(-1 - length))
        length++;
      const lineEnd = text.indexOf(lineBreak, index);
      let agrees = 0;
      while (lineEnd >= 0 && agrees < ahead.length && text[lineEnd + agrees] === ahead[agrees]) agrees++;
      const column = index - 1 - text.slice(0, index).lastIndexOf(lineBreak);
      const isLineAlike = column === lineLength && length >= lineLength && agrees >= 2;
      return length >= 2 || isLineAlike ? [`a ${index} ${next} ${Math.min(length, 32)} ${agrees}`] : [];
    });
  }
});
