import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutBlocks } from '../../../src/core/search/codeBlocks.js';
import { anyCode } from './anyCode.js';

describe('blocks', () => {
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
});

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
