import { chmod, readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runBuiltCli, sourceFile } from '../cli/builtCli.js';
import { copyOfModel, fixtureModel } from '../modelFixtures.js';

const tenThousandLines = Array.from({ length: 10_000 }, (_, index) => `const value${index} = compute(${index});`).join(
  '\n',
);
const megabyteLine = 'let word = "text"; '.repeat(55_000);

interface ScoreReport {
  readonly bitsPerByte: number;
  readonly tokens: readonly { readonly start: number; readonly end: number }[];
}

describe('files that cannot be used', () => {
  it.each([
    ['a binary file', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3), 'is a binary file'],
    ['a file in Latin-1', Uint8Array.of(0x63, 0x61, 0x66, 0xe9), 'is not UTF-8 text'],
  ])('%s is refused by every command', async (_, bytes, reason) => {
    const file = await sourceFile('file.ts', bytes);
    for (const args of [
      ['complete', `${file}:1:1`],
      ['tokens', file],
      ['score', file],
    ]) {
      const { exitCode, output, errors } = await runBuiltCli(args);
      expect({ exitCode, output }).toEqual({ exitCode: 2, output: '' });
      expect(errors).toMatch(new RegExp(`^glassbox: [^\\n]*${reason}[^\\n]*\\n$`));
    }
  });

  it('a missing file and a folder are told apart', async () => {
    const file = await sourceFile('present.ts', 'a');
    const missing = await runBuiltCli(['tokens', `${file}.missing`]);
    expect(missing).toMatchObject({ exitCode: 2, errors: expect.stringContaining('does not exist') as string });
    const folder = await runBuiltCli(['tokens', path.dirname(file)]);
    expect(folder).toMatchObject({ exitCode: 2, errors: expect.stringContaining('is a folder') as string });
  });

  it('an empty file can be completed and divided, but not scored', async () => {
    const file = await sourceFile('empty.ts', '');
    expect([0, 4]).toContain((await runBuiltCli(['complete', `${file}:1:1`])).exitCode);
    expect(await runBuiltCli(['tokens', '--json', file])).toEqual({ exitCode: 0, output: '', errors: '' });
    const score = await runBuiltCli(['score', file]);
    expect(score).toMatchObject({ exitCode: 2, output: '', errors: expect.stringContaining('is empty') as string });
  });

  it('a cursor past the end is told where the end is', async () => {
    const file = await sourceFile('short.ts', 'abc\n');
    const line = await runBuiltCli(['complete', `${file}:9:1`]);
    expect(line).toMatchObject({ exitCode: 2, errors: expect.stringContaining('Its last line is 2.') as string });
    const column = await runBuiltCli(['complete', `${file}:1:99`]);
    expect(column).toMatchObject({ exitCode: 2, errors: expect.stringContaining('Its last column is 4.') as string });
  });
});

describe('files that are large', () => {
  it.each([
    ['10,000 lines, in the middle', tenThousandLines, '5000:1'],
    ['10,000 lines, at the end', tenThousandLines, `10000:${'const value9999 = compute(9999);'.length + 1}`],
    ['1 MB on one line, in the middle', megabyteLine, '1:500000'],
    ['1 MB on one line, at the end', megabyteLine, `1:${megabyteLine.length + 1}`],
  ])('%s, are completed', async (_, text, place) => {
    const file = await sourceFile('large.ts', text);
    const { exitCode, errors } = await runBuiltCli(['complete', '--max-new-tokens', '4', `${file}:${place}`]);
    expect([0, 4]).toContain(exitCode);
    expect(errors.split('\n').length).toBeLessThanOrEqual(2);
  });

  it('1 MB on one line is divided without a gap', async () => {
    const { exitCode, output } = await runBuiltCli(['tokens', '--json', '-'], megabyteLine);
    const tokens = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { start: number; end: number });
    expect(exitCode).toBe(0);
    expect(tokens.at(-1)?.end).toBe(megabyteLine.length);
    expect(tokens.every(({ start }, index) => start === (tokens[index - 1]?.end ?? 0))).toBe(true);
  }, 180_000);

  it('1 MB on one line is scored to its end', async () => {
    const args = ['score', '--lines', '1', '--model', fixtureModel('tiny-fp32'), '-'];
    const { exitCode, output } = await runBuiltCli(args, megabyteLine);
    expect(exitCode).toBe(0);
    expect(output).toMatch(/read in {8}\d+ windows of at most 64 tokens/);
    expect(output).toContain(`${megabyteLine.length - 1}  `);
  }, 180_000);

  it('more than the model reads at once is scored in windows', async () => {
    const text = tenThousandLines.slice(0, 6_000);
    const args = ['score', '--json', '--model', fixtureModel('tiny-fp32'), '-'];
    const { exitCode, output } = await runBuiltCli(args, text);
    const score = JSON.parse(output) as ScoreReport;
    expect(exitCode).toBe(0);
    expect(score.tokens.at(-1)?.end).toBe(text.length);
    expect(score.bitsPerByte).toBeGreaterThan(0);
  });
});

describe('read-only folders', () => {
  it('are read, and nothing is written to them', async () => {
    const file = await sourceFile('read-only.ts', 'const a = 1;\nconst b = \n');
    const model = await copyOfModel('tiny-fp32');
    const folders = [path.dirname(file), model];
    // A superuser may write anyway, so the listing is compared as well.
    for (const folder of folders) await chmod(folder, 0o555);
    const before = await Promise.all(folders.map((folder) => readdir(folder, { recursive: true })));
    expect([0, 4]).toContain((await runBuiltCli(['complete', '--model', model, `${file}:2:11`])).exitCode);
    expect((await runBuiltCli(['models', '--verify', model])).exitCode).toBe(0);
    for (const folder of folders) await chmod(folder, 0o755);
    expect(await Promise.all(folders.map((folder) => readdir(folder, { recursive: true })))).toEqual(before);
  });
});
