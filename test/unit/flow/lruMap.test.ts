import { describe, expect, it } from 'vitest';
import { LruMap } from '../../../src/core/flow/lruMap.js';

describe('LruMap', () => {
  it('drops the least recently used entry and returns it', () => {
    const map = new LruMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);

    const dropped = map.set('c', 3);

    expect(dropped).toBe(1);
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([undefined, 2, 3]);
  });

  it('counts reading as use', () => {
    const map = new LruMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);

    map.get('a');
    const dropped = map.set('c', 3);

    expect(dropped).toBe(2);
    expect(map.get('a')).toBe(1);
  });

  it('replaces a value without dropping another', () => {
    const map = new LruMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);

    expect(map.set('a', 3)).toBeUndefined();
    expect([map.size, map.get('a'), map.get('b')]).toEqual([2, 3, 2]);
  });

  it('never holds more than its limit', () => {
    const map = new LruMap<number, number>(5);
    for (let index = 0; index < 1_000; index++) map.set(index % 37, index);

    expect(map.size).toBe(5);
  });
});
