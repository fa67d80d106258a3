import { describe, expect, it } from 'vitest';
import { blocksOf } from './blocksOf.js';

describe('definitions', () => {
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
});
