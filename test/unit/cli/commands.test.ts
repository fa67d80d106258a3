import { describe, expect, it } from 'vitest';
import { GlassboxError } from '../../../src/core/errors.js';
import type { TokenSpan } from '../../../src/core/tokenizer/tokenSpan.js';
import { runWith, sampleModel } from './fakes.js';

const spans: readonly TokenSpan[] = [
  { id: 5, token: 'ab', text: 'ab', bytes: [97, 98], start: 0, end: 2, byteStart: 0, byteEnd: 2 },
  { id: 9, token: 'Ċ', text: '\n', bytes: [10], start: 2, end: 3, byteStart: 2, byteEnd: 3 },
];

describe('glassbox tokens', () => {
  it('prints one object a line with exactly the promised keys', async () => {
    const { exitCode, output } = await runWith(['tokens', '--json', '-'], { 'tokens/encode': () => spans });
    expect(exitCode).toBe(0);
    expect(output).toBe(
      '{"id":5,"text":"ab","bytes":[97,98],"start":0,"end":2}\n{"id":9,"text":"\\n","bytes":[10],"start":2,"end":3}\n',
    );
  });

  it('prints a table by default, and sends the text of standard input', async () => {
    const { output, engine } = await runWith(['tokens', '-'], { 'tokens/encode': () => spans }, { input: 'ab\n' });
    expect(output.split('\n')[2]).toBe('1   9      2    3      1  "\\n"');
    expect(engine.calls.at(-1)).toEqual({
      method: 'tokens/encode',
      params: { folder: '/models/sample', text: 'ab\n' },
    });
  });
});

describe('glassbox score', () => {
  const score = { bitsPerByte: 1.25, perplexity: 12.5, tokens: spans.map((span) => ({ ...span, logProb: -0.5 })) };

  it('prints one JSON object', async () => {
    const { output } = await runWith(['score', '--json', '-'], { 'tokens/score': () => score }, { input: 'ab\n' });
    expect(JSON.parse(output)).toMatchObject({
      bitsPerByte: 1.25,
      perplexity: 12.5,
      tokens: [{ id: 5, logProb: -0.5 }, {}],
    });
  });

  it('sums up below the table', async () => {
    const { output } = await runWith(['score', '-'], { 'tokens/score': () => score }, { input: 'ab\n' });
    expect(output).toContain('-0.500  "ab"');
    expect(output).toContain('bits per byte  1.250');
  });

  it('refuses an empty text', async () => {
    const { exitCode, errors } = await runWith(['score', '-']);
    expect({ exitCode, errors }).toEqual({ exitCode: 2, errors: expect.stringContaining('empty') as string });
  });
});

describe('glassbox models', () => {
  const broken = {
    ...sampleModel,
    id: 'broken',
    source: 'folder',
    folder: '/elsewhere/broken',
    problem: { code: 'model-card-invalid', message: 'id is missing.', action: 'Fix glassbox.json.' },
  } as const;

  it('lists models, and what is wrong with a broken one', async () => {
    const { exitCode, output } = await runWith(['models'], { 'models/scan': () => [sampleModel, broken] });
    expect(exitCode).toBe(0);
    expect(output).toContain('sample  1.2.3    16.5 MB     1024  completion  bundled            ready\n');
    expect(output).toContain('id is missing. Fix glassbox.json.');
  });

  it('says which check failed, and ends with 1', async () => {
    const checks = [
      { name: 'card', ok: true, detail: '' },
      { name: 'onnx/model.onnx', ok: false, detail: 'The SHA-256 is not the one of the card.' },
    ];
    const { exitCode, output, errors } = await runWith(['models', '--verify'], {
      'models/verify': () => ({ descriptor: sampleModel, checks, ok: false }),
    });
    expect(exitCode).toBe(1);
    expect(output).toContain('FAILED  onnx/model.onnx');
    expect(errors).toMatch(/^glassbox: \/models\/sample is not usable\. onnx\/model\.onnx: The SHA-256 .*\n$/);
  });
});

describe('choice of the model', () => {
  const second = { ...sampleModel, id: 'second', folder: '/models/second' };

  it('takes the one that --model names', async () => {
    const { engine } = await runWith(['tokens', '--model', 'second', '-'], {
      'models/scan': () => [sampleModel, second],
      'tokens/encode': () => [],
    });
    expect(engine.calls.at(-1)?.params).toMatchObject({ folder: '/models/second' });
  });

  it('passes over a model that cannot be used', async () => {
    const broken = {
      ...sampleModel,
      problem: { code: 'model-card-invalid', message: 'x', action: undefined } as const,
    };
    const { engine } = await runWith(['tokens', '-'], {
      'models/scan': () => [broken, second],
      'tokens/encode': () => [],
    });
    expect(engine.calls.at(-1)?.params).toMatchObject({ folder: '/models/second' });
  });

  it('lists the ids when there is none of that name', async () => {
    const { exitCode, errors } = await runWith(['tokens', '--model', 'missing', '-']);
    expect({ exitCode, errors }).toEqual({
      exitCode: 3,
      errors: 'glassbox: There is no model "missing". Choose one of sample, or name a model folder.\n',
    });
  });
});

describe('errors and help', () => {
  it.each([
    [['tokens'], 2],
    [['tokens', '-', '--nonsense'], 2],
    [['nonsense'], 2],
    [['complete'], 2],
    [['complete', 'a.ts:1:1', '--batch', '-'], 2],
    [['complete', 'a.ts:1:1', '--max-new-tokens', '0'], 2],
    [['tokens', '-', '--models', '/no/such/folder'], 2],
  ])('ends %j with %d and one line on standard error', async (args, expected) => {
    const { exitCode, output, errors } = await runWith(args);
    expect({ exitCode, output }).toEqual({ exitCode: expected, output: '' });
    expect(errors).toMatch(/^glassbox: [^\n]+\n$/);
  });

  it('turns an engine error into one line and 3', async () => {
    const { exitCode, errors } = await runWith(['tokens', '-'], {
      'tokens/encode': () =>
        Promise.reject(new GlassboxError('engine-crashed', 'The engine\ncrashed.', { action: 'Try again.' })),
    });
    expect({ exitCode, errors }).toEqual({ exitCode: 3, errors: 'glassbox: The engine crashed. Try again.\n' });
  });

  it('says nothing after an interruption', async () => {
    const { exitCode, errors } = await runWith(['tokens', '-'], {
      'tokens/encode': () => Promise.reject(new GlassboxError('cancelled', 'The request was cancelled.')),
    });
    expect({ exitCode, errors }).toEqual({ exitCode: 130, errors: '' });
  });

  it.each(['complete', 'tokens', 'score', 'models', 'bench'])('shows examples in the help of %s', async (command) => {
    const { exitCode, output } = await runWith([command, '--help']);
    expect(exitCode).toBe(0);
    expect(output).toContain(`Usage: glassbox ${command}`);
    expect(output).toContain(`  glassbox ${command}`);
  });

  it('documents every exit code', async () => {
    const { output } = await runWith(['--help']);
    for (const code of ['0', '1', '2', '3', '4', '130']) expect(output).toMatch(new RegExp(`^ {2}${code} +\\S`, 'm'));
  });
});
