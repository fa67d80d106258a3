import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines } from '../../../src/cli/inputLines.js';
import { chunksOf } from './fakes.js';

async function linesOf(text: string, chunkSize: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readLines(chunksOf(text, chunkSize))) lines.push(line);
  return lines;
}

describe('readLines', () => {
  it('keeps U+2028, which JSON allows inside strings', async () => {
    expect(await linesOf('"a\u2028b"\r\n"c"', 3)).toEqual(['"a\u2028b"', '"c"']);
  });

  it('yields no line for a final line end, and empty lines as they are', async () => {
    expect(await linesOf('a\n\nb\n', 100)).toEqual(['a', '', 'b']);
    expect(await linesOf('', 1)).toEqual([]);
  });

  it('does not depend on how the bytes are cut', async () => {
    const line = fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n]/.test(text));
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 9 }), async (lines, chunkSize) => {
        expect(await linesOf(lines.map((text) => `${text}\n`).join(''), chunkSize)).toEqual(lines);
      }),
      { seed: 7 },
    );
  });
});
