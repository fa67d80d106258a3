import { describe, expect, it } from 'vitest';
import { GlassboxError } from '../../../src/core/errors.js';
import type { ComparedSpans } from '../../../src/core/scores/comparedSpans.js';
import type { ScoredTokens } from '../../../src/core/scores/scoredTokens.js';
import { scoreTotals } from '../../../src/core/scores/scoreTotals.js';
import type { TokenSpan } from '../../../src/core/tokenizer/tokenSpan.js';
import type { TextComparison, TextScores } from '../../../src/protocol/scoresContract.js';
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
  const tokens: ScoredTokens = {
    firstToken: 0,
    ids: Uint32Array.of(5, 9),
    starts: Uint32Array.of(0, 2),
    ends: Uint32Array.of(2, 3),
    byteStarts: Uint32Array.of(0, 2),
    byteEnds: Uint32Array.of(2, 3),
    logProbs: Float32Array.of(-0.5, -1.5),
    ranks: Uint32Array.of(1, 3),
    entropies: Float32Array.of(2, 3),
    topCount: 2,
    topIds: Uint32Array.of(5, 9, 9, 5),
    topLogProbs: Float32Array.of(-0.5, -1, -1, -1.25),
    vocabulary: { ids: Uint32Array.of(5, 9), texts: ['ab', '\n'] },
  };
  const work = { knownTokenCount: 0, readTokenCount: 2, reusedTokenCount: 0 };
  const timings = { readMs: 1, totalMs: 2 };
  const windows = [{ start: 0, scoredStart: 0, end: 2 }];
  const scores: TextScores = { tokens, totals: scoreTotals(tokens), windows, windowLength: 1024, work, timings };

  it('prints one JSON object', async () => {
    const { output } = await runWith(['score', '--json', '-'], { 'scores/score': () => scores }, { input: 'ab\n' });
    expect(JSON.parse(output)).toMatchObject({
      bitsPerByte: 2 / Math.LN2 / 3,
      perplexity: Math.E,
      tokenCount: 2,
      tokens: [
        {
          id: 5,
          text: 'ab',
          bytes: [97, 98],
          logProb: -0.5,
          rank: 1,
          entropy: 2,
          top: [{ id: 5, text: 'ab' }, { id: 9 }],
        },
        { start: 2, end: 3, rank: 3 },
      ],
    });
  });

  it('sums up below the table', async () => {
    const { output } = await runWith(['score', '-'], { 'scores/score': () => scores }, { input: 'ab\n' });
    expect(output).toContain('-0.500     1  "ab"\n');
    expect(output).toContain('bits per byte  0.962');
    expect(output).not.toContain('windows');
  });

  it('lists the likeliest tokens, and asks for as many', async () => {
    const args = ['score', '--top', '2', '-'];
    const { output, engine } = await runWith(args, { 'scores/score': () => scores }, { input: 'ab\n' });
    expect(output).toContain('"ab"  "ab" 60.7%, "\\n" 36.8%; covers 97.4%');
    expect(engine.calls.at(-1)?.params).toMatchObject({ topCount: 2 });
  });

  it('scores some lines only', async () => {
    const args = ['score', '--lines', '2', '-'];
    const { output, engine } = await runWith(args, { 'scores/score': () => scores }, { input: 'a\nb' });
    expect(engine.calls.at(-1)?.params).toMatchObject({ priority: { start: 2, end: 3 }, extent: 'priority' });
    expect(output).toContain('tokens         1\n');
  });

  it.each([
    [['--lines', '9'], 'last line is 2'],
    [['--lines', '3-1'], 'such as 10-20'],
    [['--top', '101'], 'from 0 to 100'],
  ])('refuses %j', async (args, reason) => {
    const { exitCode, errors } = await runWith(['score', ...args, '-'], {}, { input: 'a\nb' });
    expect({ exitCode, errors }).toEqual({ exitCode: 2, errors: expect.stringContaining(reason) as string });
  });

  it('reads every line end as a line feed, and says places of the file', async () => {
    const answers = { 'scores/score': () => scores };
    const { output, engine } = await runWith(['score', '--json', '-'], answers, { input: 'ab\r\n' });
    expect(engine.calls.at(-1)?.params).toMatchObject({ text: 'ab\n' });
    expect(JSON.parse(output)).toMatchObject({ tokens: [{ end: 2 }, { text: '\n', start: 2, end: 4 }] });
  });

  it('says that a long text was read in windows', async () => {
    const several = { ...scores, windows: [...windows, ...windows] };
    const { output } = await runWith(['score', '-'], { 'scores/score': () => several }, { input: 'ab\n' });
    expect(output).toContain('read in        2 windows of at most 1024 tokens');
  });

  describe('with --compare', () => {
    const spans: ComparedSpans = {
      starts: tokens.starts,
      ends: tokens.ends,
      byteStarts: tokens.byteStarts,
      byteEnds: tokens.byteEnds,
      logProbs: tokens.logProbs,
      otherLogProbs: Float32Array.of(-1, -1),
      divergences: Float32Array.of(0.5, 0.25),
    };
    const comparison: TextComparison = { own: scores, other: scores, spans };
    const two = { ...sampleModel, id: 'second', folder: '/models/second' };
    const graphs = { ...sampleModel, graphs: ['onnx/model_quantized.onnx', 'onnx/model.onnx'] };

    it('names another model, and prints the difference of every stretch', async () => {
      const answers = { 'models/scan': () => [sampleModel, two], 'scores/compare': () => comparison };
      const { output, engine } = await runWith(['score', '--compare', 'second', '-'], answers, { input: 'ab\n' });
      expect(engine.calls.at(-1)).toMatchObject({
        method: 'scores/compare',
        params: { folder: '/models/sample', other: { folder: '/models/second' }, text: 'ab\n' },
      });
      expect(output).toContain('    0    -0.500  -1.000      -0.500  0.5000  "ab"\n');
      expect(output).toContain('mean KL divergence  0.3750 nats a token\n');
    });

    it('names another file of the same model, and prints one object', async () => {
      const answers = { 'models/scan': () => [graphs], 'scores/compare': () => comparison };
      const args = ['score', '--json', '--compare', 'onnx/model.onnx', '-'];
      const { output, engine } = await runWith(args, answers, { input: 'ab\n' });
      expect(engine.calls.at(-1)?.params).toMatchObject({
        other: { folder: '/models/sample', graph: 'onnx/model.onnx' },
      });
      expect(JSON.parse(output)).toMatchObject({
        meanDivergence: 0.375,
        own: { tokenCount: 2 },
        spans: [{ text: 'ab', difference: -0.5, divergence: 0.5 }, { difference: 0.5 }],
      });
    });

    it('prints no divergence of models that share no vocabulary', async () => {
      const apart = { ...comparison, spans: { ...spans, divergences: undefined } };
      const answers = { 'models/scan': () => [sampleModel, two], 'scores/compare': () => apart };
      const { output } = await runWith(['score', '--compare', 'second', '-'], answers, { input: 'ab\n' });
      expect(output).not.toContain('KL');
    });

    it('refuses a name that no model has', async () => {
      const { exitCode, errors } = await runWith(['score', '--compare', 'third', '-'], {}, { input: 'ab\n' });
      expect({ exitCode, errors }).toEqual({ exitCode: 3, errors: expect.stringContaining('third') as string });
    });
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
