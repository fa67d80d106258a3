import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutBlocks } from '../../../src/core/search/codeBlocks.js';
import { anyText } from '../text/anyText.js';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures/search');

/** Kind, name and lines (from 1, both included) of the blocks of a file. */
function blocksOf(text: string): readonly (readonly [string, string, number, number])[] {
  return cutBlocks(text).map(({ kind, name, start, end }) => [kind, name, start + 1, end]);
}

function fixture(file: string): string {
  return readFileSync(path.join(fixtures, file), 'utf8');
}

describe('cutBlocks', () => {
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

  it('takes the comment, the decorators and the attributes above a definition along', () => {
    const text = [
      'import os',
      '',
      '# Adds two numbers.',
      '# Slowly.',
      '@cached(',
      'def add(first_number, second_number):',
      '    return first_number + second_number',
      '',
      '/** Says hello to the world. */',
      '#[inline]',
      'pub fn hello(world: &str) -> String {',
      '    format!("hello {world}, how are you")',
      '}',
    ].join('\n');
    expect(blocksOf(text)).toEqual([
      ['function', 'add', 3, 7],
      ['function', 'hello', 9, 13],
    ]);
  });

  it('reads over what comments and strings say', () => {
    const text = [
      'export function render(name: string): string {',
      '  // function notThis(a) {',
      "  const open = '{ function norThis() {';",
      '  const page = `',
      'function neitherThis(b) {',
      '`;',
      '  return open + page + name;',
      '}',
      '',
      'export function after(value: number): number {',
      '  return value * 1000 + 24 * 60 * 60;',
      '}',
    ].join('\n');
    expect(blocksOf(text)).toEqual([
      ['function', 'render', 1, 8],
      ['function', 'after', 10, 12],
    ]);
  });

  it('does not take statements for definitions', () => {
    const text = [
      'function main(options) {',
      '  if (options.verbose && options.level > 3) {',
      '    console.log("verbose output is on, level", options.level);',
      '  } else if (options.quiet || options.silent) {',
      '    return run(options, defaults, environment);',
      '  }',
      '  while (queue.length > 0 && !options.stopped) {',
      '    for (const entry of queue.splice(0, 10)) {',
      '      handle(entry, options, environment);',
      '    }',
      '  }',
      '  return new Runner(options) || fallback(options);',
      '}',
    ].join('\n');
    expect(blocksOf(text)).toEqual([['function', 'main', 1, 13]]);
  });

  it('knows parameters over several lines, in every style', () => {
    const text = [
      'export async function upload(',
      '  file: File,',
      '  { retries = 3 }: { retries?: number },',
      '): Promise<void> {',
      '  await send(file, retries);',
      '}',
      '',
      'def download(',
      '    address: str,',
      ') -> bytes:',
      '    return urlopen(address).read()',
      '',
      'int Compute(',
      '    int first,',
      '    int second)',
      '{',
      '    return first * second + first;',
      '}',
    ].join('\n');
    expect(blocksOf(text)).toEqual([
      ['function', 'upload', 1, 6],
      ['function', 'download', 8, 11],
      ['function', 'Compute', 13, 18],
    ]);
  });

  it('finds handlers in an object, constants over several lines, and statements outside of definitions', () => {
    const text = [
      "import { server } from './server.js';",
      '',
      'export const handlers = {',
      "  'models/scan': async ({ roots }, { signal }) => {",
      '    const found = await scan(roots, signal);',
      '    return found.map((model) => model.descriptor);',
      '  },',
      '};',
      '',
      'server.listen(8080);',
      'server.on("error", (error) => log.error(error));',
      'server.on("close", () => log.info("closed"));',
      'process.on("SIGTERM", () => server.close());',
    ].join('\n');
    expect(blocksOf(text)).toEqual([
      ['value', 'handlers', 3, 8],
      ['function', 'models/scan', 4, 7],
      ['statements', '', 10, 13],
    ]);
  });

  it('embeds a function as it stands, moved to the left, and a type without the bodies of its members', () => {
    const [type, method] = cutBlocks(
      [
        '/** Keeps the visitors. */',
        'class Guests {',
        '  private readonly names: string[] = [];',
        '',
        '  /**',
        '   * Lets somebody in.',
        '   *',
        '   * @param name who it is',
        '   */',
        '  admit(name: string): void {',
        '    this.names.push(name);',
        '    this.count++;',
        '  }',
        '}',
      ].join('\n'),
    );
    expect(type!.text).toBe(
      'Keeps the visitors.\nclass Guests {\n  private readonly names: string[] = [];\n  /**\n   * Lets somebody in.\n' +
        '   *\n   * @param name who it is\n   */\n  admit(name: string): void {\n}',
    );
    expect(method!.text).toBe(
      'Lets somebody in.\nadmit(name: string): void {\n  this.names.push(name);\n  this.count++;\n}',
    );
  });

  it('cuts a long function into parts that tile it, each with the signature in its text', () => {
    const body = Array.from({ length: 120 }, (_, index) => `  total += measure(samples[${index}], weights[${index}]);`);
    const parts = cutBlocks(['function total(samples, weights) {', ...body, '}'].join('\n'));
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.map(({ start }, index) => start === (parts[index - 1]?.end ?? 0))).toEqual(parts.map(() => true));
    expect(parts.at(-1)!.end).toBe(122);
    expect(parts.every(({ text }) => text.includes('function total(samples, weights) {'))).toBe(true);
    expect(new Set(parts.map(({ headerLine }) => headerLine))).toEqual(new Set([0]));
  });

  it('counts lines alike for every line end', () => {
    const text = fixture('net/retry.ts');
    expect(blocksOf(text.replaceAll('\n', '\r\n'))).toEqual(blocksOf(text));
  });
});

/** Texts that look like code, from pieces of it. */
const anyCode = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          'function f(a) {',
          '}',
          'def f(x):',
          '    return x',
          'class A {',
          '  m() {',
          '  }',
          '/* open',
          '*/',
          '`',
          '"""',
        ],
        ...[
          '# comment',
          '// comment',
          '',
          'public int F(int a)',
          '{',
          'const a = (b) => {',
          '};',
          'if (x) {',
          '@Decorated',
        ],
        ...[
          "let s = '",
          "fn f<'a>(x: &'a str) -> u8 {",
          '\t\tx(',
          ')',
          'struct s {',
          'case x:',
          'impl A for B {',
          'end',
        ],
      ),
      fc.constantFrom(
        ...['net/retry.ts', 'store/cache.rs', 'text/words.py', 'math/heap.c'].flatMap((file) =>
          fixture(file).split('\n'),
        ),
      ),
      anyText,
    ),
    { maxLength: 60 },
  )
  .map((lines) => lines.join('\n'));

describe('any text', () => {
  it('is cut into ordered blocks of whole lines inside of it, of bounded size', () => {
    fc.assert(
      fc.property(anyCode, (text) => {
        const lineCount = text.split(/\r\n?|\n/).length;
        const blocks = cutBlocks(text);
        let before = 0;
        for (const { start, end, headerLine, signature, text: embedded } of blocks) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(lineCount);
          expect(headerLine).toBeGreaterThanOrEqual(0);
          expect(headerLine).toBeLessThan(end);
          expect(signature.length).toBeLessThanOrEqual(160);
          expect(embedded.length).toBeLessThanOrEqual(1_600);
          expect(embedded.trim()).not.toBe('');
          before = start;
        }
      }),
    );
  });

  it('is cut in the same way every time', () => {
    fc.assert(
      fc.property(anyCode, (text) => {
        expect(cutBlocks(text)).toEqual(cutBlocks(text));
      }),
    );
  });

  it.each(['-> a ', ': a ', 'where a ', 'throws a, ', 'const ', ': a {b} ', 'const throws a where b -> c : d '])(
    'comes to an end where a header goes on with "%s" over and over',
    (piece) => {
      for (const end of ['', ';', '{']) {
        const blocks = cutBlocks(`int f(a) ${piece.repeat(1900 / piece.length)}${end}\n}\n`);
        expect(blocks.every((block) => block.end <= 2)).toBe(true);
      }
    },
  );
});
