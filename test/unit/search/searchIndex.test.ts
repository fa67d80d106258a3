import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodeBlock } from '../../../src/core/search/codeBlock.js';
import { decodeIndex, encodeIndex } from '../../../src/core/search/indexFile.js';
import { packedDot, packVectors } from '../../../src/core/search/packedVectors.js';
import { rankBlocks } from '../../../src/core/search/rankBlocks.js';
import { relocateBlock } from '../../../src/core/search/relocateBlock.js';
import { SearchIndex } from '../../../src/core/search/searchIndex.js';

function block(name: string, changes: Partial<CodeBlock> = {}): CodeBlock {
  return { kind: 'function', name, signature: `function ${name}() {`, headerLine: 0, start: 0, end: 3, ...changes };
}

/** An index of files with blocks and a vector for each. */
function indexOf(files: Readonly<Record<string, readonly (readonly [CodeBlock, readonly number[]])[]>>): SearchIndex {
  const index = new SearchIndex();
  for (const [key, entries] of Object.entries(files)) {
    const vectors = Float32Array.from(entries.flatMap(([, vector]) => vector));
    index.set(key, {
      hash: `hash of ${key}`,
      stamp: { modifiedMs: 17.5, sizeBytes: 42 },
      blocks: entries.map(([own]) => own),
      vectors: packVectors(vectors, entries[0]?.[1].length ?? 0),
    });
  }
  return index;
}

const sample = indexOf({
  'file:///한글/a.ts': [
    [block('나무'), [1, 0]],
    [block('b', { kind: 'type', headerLine: 9, start: 7, end: 20 }), [0.6, -0.8]],
  ],
  'file:///empty.ts': [],
});

describe('packed vectors', () => {
  it('keep dot products to a hundredth', () => {
    const vector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 64, maxLength: 64 });
    const unit = vector
      .filter((values) => Math.hypot(...values) > 0.1)
      .map((values) => {
        const length = Math.hypot(...values);
        return Float32Array.from(values, (value) => value / length);
      });
    fc.assert(
      fc.property(unit, unit, (one, other) => {
        const exact = one.reduce((sum, value, at) => sum + value * other[at]!, 0);
        expect(packedDot(packVectors(one, 64), 0, other)).toBeCloseTo(exact, 1.7);
      }),
    );
  });

  it('keep zeros', () => {
    expect(packedDot(packVectors(new Float32Array(4), 2), 1, Float32Array.of(1, 0))).toBe(0);
  });
});

describe('an index file', () => {
  it('gives back what was written', () => {
    // As files are read: a view into a larger buffer.
    const bytes = Buffer.concat([Buffer.alloc(3), encodeIndex(sample, 'model 1')]).subarray(3);
    const read = decodeIndex(bytes, 'model 1');
    expect(read.kind === 'read' && [...read.index.files]).toEqual([...sample.files]);
    expect(read.kind === 'read' && read.index.blockCount).toBe(2);
  });

  it('gives back a large one', () => {
    const files = Array.from({ length: 300 }, (_, file) => {
      const blocks = Array.from({ length: 7 }, (_, at) => block(`${'a'.repeat(50)}${at}`, { headerLine: at }));
      return [`file ${file}`, blocks.map((own, at) => [own, [at / 7, 1, file / 300]] as const)] as const;
    });
    const index = indexOf(Object.fromEntries(files));
    const read = decodeIndex(encodeIndex(index, 'm'), 'm');
    expect(read.kind === 'read' && [...read.index.files]).toEqual([...index.files]);
  });

  it('keeps a file without a stamp without one', () => {
    const index = new SearchIndex();
    const file = { hash: 'h', stamp: undefined, blocks: [], vectors: packVectors(new Float32Array(), 0) };
    index.set('untitled:1', file);
    const read = decodeIndex(encodeIndex(index, 'm'), 'm');
    expect(read.kind === 'read' && read.index.get('untitled:1')).toEqual(file);
  });

  it('of another model is not used', () => {
    expect(decodeIndex(encodeIndex(sample, 'model 1'), 'model 2')).toEqual({
      kind: 'discarded',
      reason: 'other-model',
    });
  });

  it('of another version is not used', () => {
    const bytes = encodeIndex(sample, 'model 1').slice();
    bytes[4] = 99;
    expect(decodeIndex(bytes, 'model 1')).toEqual({ kind: 'discarded', reason: 'other-version' });
  });

  it('that is damaged anywhere is not used', () => {
    const bytes = encodeIndex(sample, 'model 1');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = bytes.slice();
        damaged[at]! ^= change;
        expect(decodeIndex(damaged, 'model 1').kind).toBe('discarded');
      }),
    );
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expect(decodeIndex(bytes.subarray(0, length), 'model 1').kind).toBe('discarded');
      }),
    );
  });

  it('of any bytes is not used, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeIndex(bytes, 'm')).toEqual({ kind: 'discarded', reason: 'damaged' });
      }),
    );
  });
});

describe('SearchIndex', () => {
  it('counts blocks, forgets files, and knows a text under any key', () => {
    const index = indexOf({ a: [[block('one'), [1, 0]]], b: [[block('two'), [0, 1]]] });
    index.set('a', index.get('b')!);
    expect([index.fileCount, index.blockCount]).toEqual([2, 2]);
    index.retain(new Set(['b']));
    expect([index.fileCount, index.blockCount, index.get('a')]).toEqual([1, 1, undefined]);
    expect(index.withHash('hash of b')).toBe(index.get('b'));
    expect(index.withHash('hash of a')).toBeUndefined();
  });
});

describe('rankBlocks', () => {
  const query = Float32Array.of(1, 0);
  const names = (index: SearchIndex, options: Parameters<typeof rankBlocks>[2]): string[] =>
    rankBlocks(index, query, options).map(({ block: { name } }) => name);

  it('puts the nearest first, and no more than are wanted', () => {
    const index = indexOf({
      a: [
        [block('far', { headerLine: 1 }), [0, 1]],
        [block('near', { headerLine: 2 }), [0.8, 0.6]],
      ],
      b: [[block('nearest'), [1, 0]]],
    });
    expect(names(index, { limit: 10 })).toEqual(['nearest', 'near', 'far']);
    expect(names(index, { limit: 2 })).toEqual(['nearest', 'near']);
    expect(rankBlocks(index, query, { limit: 1 })[0]).toMatchObject({
      file: 'b',
      similarity: expect.closeTo(1, 5) as number,
    });
  });

  it('finds the nearest part of a definition only, wherever the parts stand', () => {
    const part = (start: number): CodeBlock => block(`part at ${start}`, { headerLine: 5, start, end: start + 9 });
    const index = indexOf({
      a: [
        [part(5), [0.6, 0.8]],
        [block('other', { headerLine: 90 }), [0.7, 0.71]],
        [part(14), [1, 0]],
        [part(23), [0, 1]],
      ],
    });
    expect(names(index, { limit: 3 })).toEqual(['part at 14', 'other']);
  });

  it('leaves out what it is told to, and vectors of another length', () => {
    const index = indexOf({
      a: [[block('one'), [1, 0]]],
      b: [[block('two'), [1, 0]]],
      c: [[block('three'), [1, 0, 0]]],
    });
    expect(names(index, { limit: 3, leavesOut: (file) => file === 'a' })).toEqual(['two']);
  });
});

describe('relocateBlock', () => {
  const own = block('f', { headerLine: 4, start: 3, end: 7 });
  const documentOf = (lines: readonly string[]) => ({
    lineCount: lines.length,
    lineAt: (line: number) => lines[line]!,
  });

  it('moves a block with its signature', () => {
    const lines = ['', '', '', '', '', '// f', '  function f() {', '  }', ''];
    expect(relocateBlock(documentOf(lines), own)).toEqual({ start: 5, end: 9 });
  });

  it('leaves a block whose signature is gone, inside the document', () => {
    expect(relocateBlock(documentOf(['a', 'b']), own)).toEqual({ start: 1, end: 2 });
    expect(relocateBlock(documentOf(['']), own)).toEqual({ start: 0, end: 1 });
  });
});
