import { describe, expect, it } from 'vitest';
import { feedingOrder, mostRememberedLength, withinLimits } from '../../../src/core/memory/feedingPlan.js';
import { nearestFirst } from '../../../src/core/memory/nearestFiles.js';
import { inBatches, rememberedText } from '../../../src/core/memory/rememberedText.js';

const names = (files: readonly { readonly name: string }[]): string => files.map(({ name }) => name).join('');
const sized = (...lengths: readonly number[]) => lengths.map((length, index) => ({ name: 'abcdefgh'[index]!, length }));

describe('nearestFirst', () => {
  const order = (active: string, paths: readonly string[]): readonly string[] =>
    nearestFirst(
      paths.map((path) => ({ path: path.replace('*', ''), isOpen: path.includes('*') })),
      active,
    ).map(({ path }) => path);

  it('takes open files, then languages that go together, then what is few folders away', () => {
    const paths = ['a.py', 'src/x/far.ts', 'src/net/near.tsx', 'src/net/b.py', 'top.js', 'docs/open.py*', 'src/up.ts'];
    expect(order('src/net/main.ts', paths)).toEqual([
      'docs/open.py',
      'src/net/near.tsx',
      'src/up.ts',
      'src/x/far.ts',
      'top.js',
      'src/net/b.py',
      'a.py',
    ]);
  });

  it('orders equals by their paths, whatever order they came in', () => {
    expect(order('', ['b.ts', 'a.ts', 'Makefile'])).toEqual(['Makefile', 'a.ts', 'b.ts']);
    expect(order('x.ts', ['b.ts', 'a.ts'])).toEqual(['a.ts', 'b.ts']);
  });

  it('keeps the first of two files with the same path', () => {
    const files = [
      { path: 'a.ts', isOpen: false, root: 1 },
      { path: 'a.ts', isOpen: false, root: 2 },
    ];
    expect(nearestFirst(files, 'b.ts')).toEqual([files[0]]);
  });
});

describe('the plan of what is sent', () => {
  it.each([
    [10, 8, 'abc'],
    [9, 8, 'ab'],
    [10, 2, 'ab'],
    [3, 8, ''],
  ])('takes files up to %i units and %i files: %s', (totalLength, fileCount, expected) => {
    expect(names(withinLimits(sized(4, 5, 1, 2), { totalLength, fileCount }))).toBe(expected);
  });

  it('sends the nearest first, and the nearest of them last as well', () => {
    expect(names(feedingOrder(sized(2, 2, 2, 2), { nearLength: 5 }))).toBe('abcdba');
    expect(names(feedingOrder(sized(2, 2), { nearLength: 5 }))).toBe('ba');
    expect(names(feedingOrder(sized(9, 2), { nearLength: 5 }))).toBe('ab');
    expect(names(feedingOrder(sized(), { nearLength: 5 }))).toBe('');
  });
});

describe('what is sent', () => {
  it('has line feeds, and is neither long nor made by a program', () => {
    expect(rememberedText('a\r\nb\rc\n')).toBe('a\nb\nc\n');
    expect(rememberedText(undefined)).toBeNull();
    expect(rememberedText('x'.repeat(30_000))).toBeNull();
    expect(rememberedText('x\n'.repeat(mostRememberedLength))).toBeNull();
  });

  it('comes in groups of a few files, none of which is large unless one file is', async () => {
    const lengths = [...Array<number>(40).fill(10), 30_000, 3_000, 100_000, 5];
    const files = lengths.map((length, index) => ({ index, text: index === 3 ? null : 'x'.repeat(length) }));
    const batches: (typeof files)[] = [];
    for await (const batch of inBatches(files)) batches.push([...batch]);
    expect(batches.flat()).toEqual(files);
    expect(batches.map((batch) => batch.length)).toEqual([16, 16, 9, 1, 1, 1]);
  });
});
