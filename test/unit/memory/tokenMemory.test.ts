import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenMemory } from '../../../src/core/memory/tokenMemory.js';

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
