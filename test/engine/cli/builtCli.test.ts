import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { WhyReport } from '../../../src/cli/why/whyReport.js';
import { runBuiltCli, sourceFile, sourceFolder, startCli } from './builtCli.js';

const source = 'export function add(a: number, b: number): number {\n  return a + \n}\n\nconst 한글 = "🙂";\n';

describe('glassbox complete, with the bundled model', () => {
  it('completes the document, and says with which tokens', async () => {
    const file = await sourceFile('add.ts', source);
    const { exitCode, output } = await runBuiltCli(['complete', '--json', `${file}:2:14`]);
    const report = JSON.parse(output) as { outcome: string; text: string; tokens: { text: string; logProb: number }[] };
    // What is offered depends on the weights; that it is told truthfully does not.
    expect(exitCode).toBe(report.outcome === 'shown' ? 0 : 4);
    expect(report.tokens.map(({ text }) => text).join('')).toContain(report.text.trim().split('\n')[0]);
    expect(report.tokens.every(({ logProb }) => logProb <= 0)).toBe(true);
  });

  it('answers a batch twice in the same way, in order', async () => {
    const tasks = Array.from({ length: 6 }, (_, index) =>
      JSON.stringify({
        id: index,
        language: 'python',
        prefix: `def area${index}(width, height):\n    return `,
        suffix: '\n',
        maxNewTokens: 8,
      }),
    ).join('\n');
    const [first, second] = [
      await runBuiltCli(['complete', '--batch', '-'], tasks),
      await runBuiltCli(['complete', '--batch', '-'], tasks),
    ];
    const answersOf = (output: string): unknown[] =>
      output
        .trimEnd()
        .split('\n')
        .map((line) => {
          const { id, outcome, text } = JSON.parse(line) as { id: number; outcome: string; text: string };
          return { id, outcome, text };
        });
    expect(answersOf(first.output).map((answer) => (answer as { id: number }).id)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(answersOf(second.output)).toEqual(answersOf(first.output));
    expect(first.exitCode).toBe(0);
  });
});

describe('glassbox tokens and score, with the bundled model', () => {
  it('tiles the text, Korean and emoji included', async () => {
    const { exitCode, output } = await runBuiltCli(['tokens', '--json', '-'], source);
    const tokens = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { text: string; bytes: number[]; start: number; end: number });
    expect(exitCode).toBe(0);
    expect(Buffer.from(tokens.flatMap(({ bytes }) => bytes)).toString()).toBe(source);
    expect(tokens.map(({ start, end }) => source.slice(start, end)).join('')).toBe(source);
    expect(tokens.every(({ start }, index) => start === (tokens[index - 1]?.end ?? 0))).toBe(true);
  });

  it('scores what the tokens add up to', async () => {
    const { output } = await runBuiltCli(['score', '--json', '-'], source);
    const score = JSON.parse(output) as { bitsPerByte: number; perplexity: number; tokens: { logProb: number }[] };
    const nats = -score.tokens.reduce((sum, { logProb }) => sum + logProb, 0);
    expect(score.bitsPerByte).toBeCloseTo(nats / Math.LN2 / Buffer.byteLength(source), 6);
    expect(score.perplexity / Math.exp(nats / score.tokens.length)).toBeCloseTo(1, 6);
  });
});

/** The cursor's place is the end of the second line. */
const withoutAnswer = source.replace('return a + ', 'return ');

describe('glassbox why, with the bundled model', () => {
  it('explains what it would offer: tokens, prompt, time, and what leaving lines out changes', async () => {
    const file = await sourceFile('add.ts', withoutAnswer);
    const { exitCode, output } = await runBuiltCli(['why', '--json', `${file}:2:10`, '--text', 'b + a;']);
    const report = JSON.parse(output) as WhyReport;

    const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
    expect(exitCode).toBe(0);
    expect(report.tokens.map(({ text }) => text).join('')).toContain(report.text.trim());
    expect(sum(report.tokens.map(({ logProbGivenTyped }) => logProbGivenTyped))).toBeCloseTo(report.logProb, 4);
    expect(sum(report.prompt.parts.map(({ tokenCount }) => tokenCount))).toBe(report.prompt.tokenCount);
    expect(sum(report.time.map(({ ms }) => ms))).toBeGreaterThan(0);
    expect(report.contrast?.text).toContain('b + a;');
    const units = report.occlusion!.units;
    const influences = units.map(({ contrastChange }) => Math.abs(contrastChange!));
    expect(units.find(({ startLine }) => startLine === 1)?.text).toContain('function add(a: number');
    expect(influences).toEqual(influences.toSorted((left, right) => right - left));
    expect(influences[0]).toBeGreaterThan(0);
  });

  it('answers in words, without the runs where they are not wanted', async () => {
    const file = await sourceFile('add.ts', withoutAnswer);
    const { exitCode, output } = await runBuiltCli(['why', '--no-occlusion', `${file}:2:10`]);

    expect(exitCode).toBe(0);
    expect(output).toMatch(/Glassbox Code 5M|glassbox-code-5m/);
  });
});

describe('glassbox why --remember, with the bundled model', () => {
  it('says which tokens go on like another file of the folder, and where that is written', async () => {
    const begun = 'export function quarrel(marbles: number[]): string {\n  const kettle = zeb';
    const folder = await sourceFolder({
      'src/heron.ts': `${begun}\n}\n`,
      'src/wren.ts': `\n${begun}raFold(marbles, 77, "wren");\n  return kettle;\n}\n`,
    });
    const options = ['--json', '--no-occlusion', '--remember', folder];
    const { exitCode, output } = await runBuiltCli(['why', ...options, `${folder}/src/heron.ts:2:21`]);
    const { text, tokens, memory } = JSON.parse(output) as WhyReport;
    const remembered = tokens.filter((token) => (token.remembered?.share ?? 0) >= 0.5);

    expect(exitCode).toBe(0);
    expect(text).toContain('raFold(marbles, 77, "wren")');
    expect(memory).toMatchObject({ scope: 'workspace', places: [{ path: 'src/wren.ts', startLine: 3, endLine: 3 }] });
    expect(memory!.rememberedCount).toBeGreaterThan(4);
    expect(remembered.length).toBeGreaterThan(4);
    expect(new Set(remembered.map((token) => token.remembered!.place!.line))).toEqual(new Set([3]));
  });
});

describe('glassbox models, with the bundled models', () => {
  it('lists them, and verifies them', async () => {
    const list = JSON.parse((await runBuiltCli(['models', '--json'])).output) as { source: string; roles: string[] }[];
    expect(list.map(({ source, roles }) => [source, roles])).toEqual([
      ['bundled', ['completion']],
      ['bundled', ['embedding']],
    ]);
    const { exitCode, output } = await runBuiltCli(['models', '--verify']);
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringContaining('all checks hold') as string });
  });
});

describe('the process', () => {
  it('ends without a word when nobody reads its output any more', async () => {
    const child = startCli(['tokens', '--json', '-']);
    const errors: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
    child.stdin.end('const a = 1;\n'.repeat(20_000));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [exitCode] = (await once(child, 'exit')) as [number | null];
    expect({ exitCode, errors: errors.join('') }).toEqual({ exitCode: 0, errors: '' });
  });

  it('ends with 130 when it is interrupted while it waits for input', async () => {
    const child = startCli(['complete', '--batch', '-']);
    child.stdin.write('{"id":1,"language":"python","prefix":"a = ","suffix":"","maxNewTokens":1}\n');
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    const [exitCode, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect({ exitCode, signal }).toEqual({ exitCode: 130, signal: null });
  });
});
