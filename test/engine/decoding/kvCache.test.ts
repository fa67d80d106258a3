import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KvCache } from '../../../src/engine/decoding/kvCache.js';
import type { SessionTensor } from '../../../src/engine/onnx/onnxRuntime.js';

const headDim = 2;
const layers = [
  { pastKey: 'past.0.key', pastValue: 'past.0.value', presentKey: 'present.0.key', presentValue: 'present.0.value' },
];

/** The row that stands for a token in one head of keys (0) or values (1). */
const row = (token: number, head: number, part: number): number[] => [
  token + head / 10,
  token + head / 10 + part / 100,
];

function rows(tokens: readonly number[], kvHeads: number): Float32Array[] {
  const heads = Array.from({ length: kvHeads }, (_, head) => head);
  return [0, 1].map((part) =>
    Float32Array.from(heads.flatMap((head) => tokens.flatMap((token) => row(token, head, part)))),
  );
}

function feedsOf(cache: KvCache): Record<string, SessionTensor> {
  const feeds: Record<string, SessionTensor> = {};
  cache.addFeeds(feeds);
  return feeds;
}

function isSame(left: SessionTensor['data'] | undefined, right: Float32Array | undefined): boolean {
  return left?.length === right?.length && right?.every((value, index) => value === left?.[index]) === true;
}

const operations = fc.array(
  fc.oneof(
    fc.record({ append: fc.array(fc.nat(50), { minLength: 1, maxLength: 5 }) }),
    fc.record({ append: fc.nat(50).map((token) => new Array<number>(450).fill(token)) }),
    fc.record({ truncate: fc.nat(1200) }),
  ),
  { maxLength: 12 },
);

describe('KvCache', () => {
  it.each([1, 3])('holds the rows of its tokens, whatever was appended and cut, with %i heads', (kvHeads) => {
    fc.assert(
      fc.property(operations, (steps) => {
        const cache = new KvCache({ layers, kvHeads, headDim }, 10_000);
        let tokens: number[] = [];
        for (const step of steps) {
          if ('append' in step) {
            cache.append(step.append, rows(step.append, kvHeads));
            tokens = [...tokens, ...step.append];
          } else {
            cache.truncate(step.truncate);
            tokens = tokens.slice(0, step.truncate);
          }
        }
        const [keys, values] = rows(tokens, kvHeads);
        const feeds = feedsOf(cache);
        expect(cache.length).toBe(tokens.length);
        expect(feeds['past.0.key']?.dims).toEqual([1, kvHeads, tokens.length, headDim]);
        expect(isSame(feeds['past.0.key']?.data, keys)).toBe(true);
        expect(isSame(feeds['past.0.value']?.data, values)).toBe(true);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('tells how much of a sequence it holds', () => {
    const cache = new KvCache({ layers, kvHeads: 1, headDim }, 100);
    cache.append([1, 2, 3], rows([1, 2, 3], 1));
    expect(cache.commonPrefixLength([1, 2, 4])).toBe(2);
    expect(cache.commonPrefixLength([1, 2, 3, 4])).toBe(3);
    expect(cache.commonPrefixLength([])).toBe(0);
  });

  it('refuses more tokens than the context holds', () => {
    const cache = new KvCache({ layers, kvHeads: 1, headDim }, 2);
    expect(() => cache.append([1, 2, 3], rows([1, 2, 3], 1))).toThrow(RangeError);
  });
});
