import { describe, expect, it } from 'vitest';
import { blocksOf, fixture } from './blocksOf.js';

describe('definitions in a file', () => {
  it.each([
    [
      'TypeScript',
      'net/retry.ts',
      [
        ['type', 'BackoffOptions', 3, 7],
        ['function', 'delayBeforeAttempt', 9, 13],
        ['function', 'withRetries', 15, 24],
        ['function', 'parseQuery', 26, 29],
      ],
    ],
    [
      'Go',
      'net/server.go',
      [
        ['type', 'Server', 9, 12],
        ['function', 'Shutdown', 14, 18],
        ['function', 'requireToken', 20, 28],
      ],
    ],
    [
      'Rust',
      'store/cache.rs',
      [
        ['type', 'Cache', 3, 7],
        ['type', 'Cache<V>', 9, 26],
        ['function', 'get', 10, 15],
        ['function', 'insert', 17, 25],
        ['function', 'remove_duplicates', 28, 31],
      ],
    ],
    [
      'Java',
      'store/Repository.java',
      [
        ['type', 'Repository', 10, 39],
        ['function', 'Repository', 13, 15],
        ['function', 'customersOf', 17, 27],
        ['function', 'inTransaction', 29, 38],
      ],
    ],
    [
      'C#',
      'store/Settings.cs',
      [
        ['type', 'Settings', 8, 29],
        ['function', 'Load', 12, 19],
        ['function', 'Require', 21, 28],
      ],
    ],
    [
      'Python',
      'text/words.py',
      [
        ['function', 'most_common_words', 7, 9],
        ['function', 'slugify', 12, 14],
        ['function', 'edit_distance', 17, 24],
        ['type', 'Table', 27, 34],
        ['function', '__init__', 28, 29],
        ['function', 'from_csv', 31, 34],
      ],
    ],
    [
      'JavaScript',
      'ui/modal.js',
      [
        ['type', 'Modal', 1, 22],
        ['function', 'constructor', 2, 5],
        ['function', 'open', 7, 11],
        ['function', 'keepFocusInside', 13, 21],
        ['function', 'debounce', 24, 30],
        ['function', 'hexToRgb', 32, 35],
      ],
    ],
    [
      'C',
      'math/heap.c',
      [
        ['function', 'sift_down', 9, 25],
        ['function', 'join_path', 27, 37],
      ],
    ],
    [
      'C++',
      'math/matrix.cpp',
      [
        ['type', 'Matrix', 7, 27],
        ['function', 'Matrix', 9, 11],
        ['function', 'transposed', 13, 21],
        ['function', 'standardDeviation', 29, 36],
      ],
    ],
  ] as const)('finds the definitions of %s', (_, file, expected) => {
    expect(blocksOf(fixture(file))).toEqual(expected);
  });

  it('counts lines alike for every line end', () => {
    const text = fixture('net/retry.ts');
    expect(blocksOf(text.replaceAll('\n', '\r\n'))).toEqual(blocksOf(text));
  });
});
