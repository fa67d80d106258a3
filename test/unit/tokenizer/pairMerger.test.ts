import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergePairs } from '../../../src/core/tokenizer/pairMerger.js';
import { PairTable } from '../../../src/core/tokenizer/pairTable.js';

/** The definition itself: look at all neighbours, merge the lowest rank, the leftmost of equal ones, and again. */
function mergeByDefinition(symbols: readonly number[], table: PairTable): number[] {
  const current = [...symbols];
  for (;;) {
    let best = -1;
    let bestRank = Infinity;
    for (let index = 0; index + 1 < current.length; index++) {
      const rank = table.rankOf(current[index]!, current[index + 1]!);
      if (rank >= 0 && rank < bestRank) [best, bestRank] = [index, rank];
    }
    if (best < 0) return current;
    current.splice(best, 2, table.mergedOf(current[best]!, current[best + 1]!));
  }
}

const letters = 4;
const tables = fc.array(fc.tuple(fc.nat(letters + 20), fc.nat(letters + 20)), { maxLength: 30 }).map((pairs) => {
  const table = new PairTable();
  for (const [rank, [left, right]] of pairs.entries()) {
    if (!table.has(left, right)) table.set(left, right, rank, letters + rank);
  }
  return table;
});

describe('merging pairs', () => {
  it.each([
    ['few symbols', 30],
    ['many symbols', 300],
  ])('gives what the definition gives: %s', (_, maxLength) => {
    fc.assert(
      fc.property(tables, fc.array(fc.nat(letters - 1), { maxLength }), (table, symbols) => {
        const merged = Int32Array.from(symbols);
        const count = mergePairs(merged, table);
        expect([...merged.subarray(0, count)]).toEqual(mergeByDefinition(symbols, table));
      }),
      { numRuns: 1000, seed: 31 },
    );
  });

  it('tells of the merges in the order in which they are made', () => {
    const table = new PairTable();
    table.set(0, 1, 1, 4);
    table.set(1, 0, 0, 5);
    const merges: number[][] = [];

    mergePairs(Int32Array.of(0, 1, 0, 1), table, (rank, left, right) => merges.push([rank, left, right]));

    expect(merges).toEqual([[0, 1, 2]]);
  });
});

describe('a table of pairs', () => {
  it('holds what a map would hold', () => {
    const pair = fc.tuple(fc.nat(300), fc.nat(300), fc.nat(1000));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1000, maxLength: 3000 }), (pairs) => {
        const table = new PairTable();
        const map = new Map<string, number>();
        for (const [left, right, rank] of pairs) {
          table.set(left, right, rank, rank + 1);
          map.set(`${left} ${right}`, rank);
        }
        expect(table.size).toBe(map.size);
        for (const [key, rank] of map) {
          const [left = 0, right = 0] = key.split(' ').map(Number);
          expect([table.rankOf(left, right), table.mergedOf(left, right)]).toEqual([rank, rank + 1]);
        }
        expect(table.has(301, 0)).toBe(false);
        expect(table.rankOf(301, 0)).toBe(-1);
      }),
      { numRuns: 20, seed: 32 },
    );
  });
});
