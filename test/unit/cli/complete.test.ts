import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GlassboxError } from '../../../src/core/errors.js';
import type { GenerationResult } from '../../../src/core/completion/generation.js';
import type { EngineContract } from '../../../src/protocol/engineContract.js';
import { runWith } from './fakes.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'glassbox-complete-'));
});
afterAll(async () => rm(folder, { recursive: true }));

async function sourceFile(name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
}

function generated(text: string): GenerationResult {
  return {
    text,
    tokens: [{ id: 4, text, logProb: -0.25, alternatives: [] }],
    healedLength: 0,
    stopReason: 'line-end',
    promptTokenCount: 12,
    reusedTokenCount: 3,
    timings: { queueMs: 0, loadMs: 1, tokenizeMs: 2, prefillMs: 3, decodeMs: 4 },
  };
}

type Generate = EngineContract['completion/generate']['params'];

describe('glassbox complete FILE:LINE:COL', () => {
  it('prints the text, and shows the model the document cut at the cursor', async () => {
    const file = await sourceFile('a.ts', 'const first = 1;\nconst second = \nconst third = 3;\n');
    const { exitCode, output, engine } = await runWith(['complete', `${file}:2:16`], {
      'completion/generate': () => generated('first + 1;'),
    });
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: 'first + 1;\n' });
    const { prompt } = engine.calls.at(-1)?.params as Generate;
    expect(prompt).toMatchObject({
      languageId: 'typescript',
      path: 'a.ts',
      prefix: 'const first = 1;\n',
      currentLine: 'const second = ',
      suffix: '\nconst third = 3;\n',
    });
  });

  it('asks once: alternatives are for the editor', async () => {
    const file = await sourceFile('once.ts', 'let a = \n');
    const { engine } = await runWith(['complete', `${file}:1:9`], { 'completion/generate': () => generated('10;') });
    expect(engine.calls.map(({ method }) => method)).toEqual(['models/scan', 'completion/generate']);
  });

  it('prints everything as JSON', async () => {
    const file = await sourceFile('b.py', 'total = \n');
    const { output } = await runWith(['complete', '--json', `${file}:1:9`], {
      'completion/generate': () => generated('sum(values)'),
    });
    expect(JSON.parse(output)).toMatchObject({
      outcome: 'shown',
      text: 'sum(values)',
      range: { start: { line: 1, column: 9 }, end: { line: 1, column: 9 } },
      tokens: [{ id: 4, text: 'sum(values)', logProb: -0.25 }],
      model: { id: 'sample', version: '1.2.3', folder: '/models/sample' },
      timings: { prefillMs: 3, decodeMs: 4, totalMs: expect.any(Number) as number },
    });
  });

  it('takes the content from standard input, and the name from the target', async () => {
    const { exitCode, engine } = await runWith(
      ['complete', '--stdin', 'new/draft.py:1:5'],
      { 'completion/generate': () => generated('10') },
      { input: 'a = \n' },
    );
    expect(exitCode).toBe(0);
    expect((engine.calls.at(-1)?.params as Generate).prompt).toMatchObject({
      path: 'new/draft.py',
      languageId: 'python',
    });
  });

  it('limits tokens and lines as asked', async () => {
    const args = ['complete', '--stdin', '--single-line', '--max-new-tokens', '3', 'a.py:1:5'];
    const { engine } = await runWith(args, { 'completion/generate': () => generated('10') }, { input: 'a = \n' });
    expect((engine.calls.at(-1)?.params as Generate).stop).toMatchObject({ maxNewTokens: 3, singleLine: true });
  });

  it('asks no model about a file with secrets, says why, and ends with 4', async () => {
    const file = await sourceFile('.env', 'TOKEN=\n');
    const { exitCode, output, errors, engine } = await runWith(['complete', `${file}:1:7`]);
    expect({ exitCode, output }).toEqual({ exitCode: 4, output: '' });
    expect(errors).toMatch(/^glassbox: nothing to offer: .*secrets.* \(secret-file\)\n$/);
    expect(engine.calls.map(({ method }) => method)).toEqual(['models/scan']);
  });

  it('tells the reason as JSON as well', async () => {
    const file = await sourceFile('blank.ts', 'a\n');
    const { exitCode, output } = await runWith(['complete', '--json', `${file}:1:2`], {
      'completion/generate': () => generated(' '),
    });
    expect(exitCode).toBe(4);
    expect(JSON.parse(output)).toMatchObject({ outcome: 'skipped', reason: 'blank-result', text: '', tokens: [] });
  });

  it.each([
    ['2:9', 'Line 2 is past the end'],
    ['1:4', 'Column 4 is past the end of line 1'],
  ])('says where the document ends for %s', async (place, message) => {
    const file = await sourceFile('short.ts', 'ab');
    const { exitCode, errors } = await runWith(['complete', `${file}:${place}`]);
    expect({ exitCode, errors }).toEqual({ exitCode: 2, errors: expect.stringContaining(message) as string });
  });
});

describe('glassbox complete --batch', () => {
  const task = (id: string, prefix: string, suffix = ''): string =>
    JSON.stringify({ id, language: 'python', path: 'a.py', prefix, suffix });

  it('answers in order, goes on after a bad line, and ends with 1', async () => {
    const lines = [task('one', 'a = '), '{oops', '', task('two', 'x\nb = ', '\nc = 3\n')];
    const { exitCode, output, errors } = await runWith(
      ['complete', '--batch', '-'],
      { 'completion/generate': ({ prompt }) => generated(prompt.prefix === '' ? '10' : '20') },
      { input: lines.join('\n') },
    );
    const answers = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(answers).toEqual([
      { id: 'one', outcome: 'shown', text: '10', latencyMs: expect.any(Number) as number },
      { line: 2, error: expect.stringContaining('not JSON') as string },
      { id: 'two', outcome: 'shown', text: '20', latencyMs: expect.any(Number) as number },
    ]);
    expect(exitCode).toBe(1);
    expect(errors).toBe('glassbox: 1 of 4 lines failed. Look for "error" in the output.\n');
  });

  it('reports an engine error in its line, and goes on', async () => {
    let calls = 0;
    const { exitCode, output } = await runWith(
      ['complete', '--batch', '-'],
      {
        'completion/generate': () => {
          if (++calls === 1) throw new GlassboxError('engine-crashed', 'It crashed.', { action: 'Try again.' });
          return generated('20');
        },
      },
      { input: `${task('one', 'a = ')}\n${task('two', 'b = ')}\n` },
    );
    expect(exitCode).toBe(1);
    expect(output).toMatch(
      /^\{"line":1,"error":"It crashed. Try again."\}\n\{"id":"two","outcome":"shown","text":"20",/,
    );
  });

  it('gives the reason when nothing is offered, which is no failure', async () => {
    const { exitCode, output } = await runWith(
      ['complete', '--batch', '-'],
      { 'completion/generate': () => generated('') },
      { input: task('one', 'a = ') },
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ id: 'one', outcome: 'skipped', text: '', reason: 'blank-result' });
  });

  it('reads a task only when the one before is answered', async () => {
    let answered = 0;
    let read = 0;
    async function* input(): AsyncGenerator<Uint8Array> {
      for (let index = 0; index < 5; index++) {
        expect(read++).toBe(answered);
        yield new TextEncoder().encode(`${task(String(index), `v${index} = `)}\n`);
      }
    }
    const { exitCode } = await runWith(
      ['complete', '--batch', '-'],
      {
        'completion/generate': () => {
          answered++;
          return generated('10');
        },
      },
      { input: input() },
    );
    expect({ exitCode, answered }).toEqual({ exitCode: 0, answered: 5 });
  });
});
