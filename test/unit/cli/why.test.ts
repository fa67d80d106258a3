import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GlassboxError } from '../../../src/core/errors.js';
import type { EngineContract } from '../../../src/protocol/engineContract.js';
import { resultOf } from '../../support/scriptedEngine.js';
import { runWith, type Answers } from './fakes.js';

let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'glassbox-why-'));
  file = path.join(folder, 'a.ts');
  await writeFile(file, 'const first = 1;\nconst second = \nconst third = 3;\n');
});
afterAll(async () => rm(folder, { recursive: true }));

const token = {
  ...{ id: 1, text: 'first;', start: 0, end: 6, logProb: -0.5, allowedLogProb: 0, rank: 1, counts: true },
  alternatives: [{ id: 1, text: 'first;', logProb: -0.5 }],
};

const answers: Answers = {
  'completion/generate': () => resultOf('first;'),
  'explain/suggestion': ({ contrastText }) => ({
    prompt: {
      parts: [
        { kind: 'control', name: '<|path|>', tokenCount: 1, text: '<|path|>' },
        { kind: 'prefix', name: '', tokenCount: 5, text: 'const first = 1;\n' },
        { kind: 'suffix', name: '', tokenCount: 5, text: '\nconst third = 3;\n' },
        { kind: 'current-line', name: '', tokenCount: 3, text: 'const second = ' },
      ],
      tokenCount: 14,
      contextLength: 1024,
      prefixStartLine: 0,
      cut: {
        prefixLines: 2,
        prefixLength: 30,
        suffixLength: 0,
        chunks: 0,
        currentLineLength: 0,
        readsPrefixOnly: false,
      },
    },
    healedTokenCount: 1,
    tokens: [token],
    contrastTokens: contrastText === '' ? [] : [{ ...token, id: 2, text: contrastText, logProb: -2.5 }],
  }),
  'explain/occlude': ({ contrastText }) => ({
    logProb: -0.5,
    contrast: undefined,
    results: [
      { unit: { part: 'suffix', start: 1, end: 2 }, change: 0.25, contrastChange: undefined, isRefined: false },
      {
        unit: { part: 'prefix', start: 0, end: 1 },
        change: -1.5,
        contrastChange: contrastText === '' ? undefined : -3,
        isRefined: false,
      },
      { unit: { part: 'prefix', start: 0, end: 9 }, change: -9, contrastChange: undefined, isRefined: true },
    ],
    runCount: 4,
    readTokenCount: 50,
    isGrouped: false,
  }),
};

describe('glassbox why FILE:LINE:COL', () => {
  it('asks about what the model wrote, after the prompt that it was sent', async () => {
    const { exitCode, engine } = await runWith(['why', `${file}:2:16`], answers);
    expect(exitCode).toBe(0);
    const [, , explained, occluded] = engine.calls.map(({ params }) => params);
    expect(explained).toMatchObject({
      prompt: { prefix: 'const first = 1;\n', currentLine: 'const second = ', suffix: '\nconst third = 3;\n' },
      target: { text: 'first;', ids: [1], from: 0 },
      contrastText: '',
    });
    expect(occluded).toMatchObject({ detail: 'grouped' });
  });

  it('prints tokens, prompt, time and what leaving out changes, strongest first', async () => {
    const { output, errors } = await runWith(['why', `${file}:2:16`], answers);
    expect(output).toContain('suggestion   "first;"');
    expect(output).toMatch(/not sent +2 lines above/);
    expect(output.indexOf('line 1')).toBeLessThan(output.indexOf('line 3'));
    expect(output).toMatch(/-1\.500 +x0\.223 +line 1 +const first = 1;/);
    expect(output).not.toContain('-9.000');
    expect(errors).toMatch(/^(\r\u001b\[K)*$/);
  });

  it('prints everything as JSON, lines counted from 1', async () => {
    const { output } = await runWith(['why', '--json', `${file}:2:16`], answers);
    expect(JSON.parse(output)).toMatchObject({
      text: 'first;',
      source: 'model',
      logProb: -0.5,
      tokens: [{ id: 1, rank: 1 }],
      prompt: {
        tokenCount: 14,
        parts: [{}, { startLine: 1, endLine: 1 }, { startLine: 3 }, { startLine: 2, endLine: 2 }],
      },
      occlusion: {
        runCount: 4,
        units: [
          { part: 'prefix', startLine: 1, endLine: 1, change: -1.5 },
          { part: 'suffix', startLine: 3, endLine: 3, text: 'const third = 3;', change: 0.25 },
        ],
      },
    });
  });

  it('prints what memory had to do with it, lines counted from 1', async () => {
    const place = { source: 'workspace', path: 'src/cart.ts', line: 11, agreement: 7, agreementAhead: 0 } as const;
    const remembering: Answers = {
      ...answers,
      'explain/suggestion': async (params) => {
        const explanation = await answers['explain/suggestion']!(params);
        const tokens = [
          { ...token, rank: 40, remembered: { logProb: -0.1, share: 0.987, place } },
          { ...token, remembered: { logProb: -0.4, share: 0, place: { ...place, agreement: 1, agreementAhead: 3 } } },
        ];
        return { ...explanation, tokens };
      },
    };
    const { output, engine } = await runWith(['why', '--no-occlusion', `${file}:2:16`], remembering);
    expect(engine.calls.at(-1)?.params).toMatchObject({ memory: 'file', singleLine: true });
    expect(output).toMatch(/^probability +36\.79 % \(log-prob -1\.000\) by the model alone, 2 tokens$/m);
    expect(output).toMatch(/^with memory +60\.65 % \(log-prob -0\.500\) by model and memory together$/m);
    expect(output).toMatch(/^memory +1 of 2 tokens come mostly from your code: src\/cart\.ts line 12$/m);
    expect(output).toMatch(/60\.65 % +40 +90\.48 % +98\.7 % +src\/cart\.ts:12 \+7 +"first;"$/m);
    expect(output).toMatch(/67\.03 % +0\.0 % +src\/cart\.ts:12 \+1\+3 /m);
    const { output: json } = await runWith(['why', '--json', `${file}:2:16`], remembering);
    expect(JSON.parse(json)).toMatchObject({
      memory: {
        ...{ scope: 'file', logProb: -0.5, tokenCount: 2, rememberedCount: 1 },
        places: [{ path: 'src/cart.ts', startLine: 12, endLine: 12 }],
      },
      tokens: [
        { logProb: -0.5, remembered: { logProb: -0.1, share: 0.987, place: { line: 12, agreement: 7 } } },
        { remembered: { logProb: -0.4, share: 0, place: { line: 12, agreement: 1, agreementAhead: 3 } } },
      ],
    });
    const compared = await runWith(['why', '--text', 'null;', '--no-occlusion', `${file}:2:16`], remembering);
    expect(compared.output).toContain('7.39 times more likely than "null;", from token 1 on (-0.500 against -2.500)');
    expect(compared.output).toContain('by the model alone -1.000 against -2.500');
    const { output: without } = await runWith(['why', `${file}:2:16`], answers);
    expect(without).not.toMatch(/memory|model alone/);
  });

  it('explains what goes on like the code below a folder, or like nothing', async () => {
    const remembering: Answers = {
      ...answers,
      'memory/remember': ({ files }) => ({ fileCount: files.length, tokenCount: 0 }),
    };
    const asked = async (...options: readonly string[]): Promise<readonly unknown[]> => {
      const { engine } = await runWith(['why', '--no-occlusion', ...options, `${file}:2:16`], remembering);
      return engine.calls.slice(1).map(({ method, params }) => {
        const { memory, files, prompt } = params as Partial<EngineContract['completion/generate']['params']> &
          Partial<EngineContract['memory/remember']['params']>;
        return [method, memory ?? files?.map((remembered) => remembered.path), prompt?.path];
      });
    };
    expect(await asked('--remember', folder)).toEqual([
      ['memory/remember', ['a.ts'], undefined],
      ['completion/generate', 'workspace', 'a.ts'],
      ['explain/suggestion', 'workspace', 'a.ts'],
    ]);
    expect(await asked('--no-memory')).toEqual([
      ['completion/generate', 'off', 'a.ts'],
      ['explain/suggestion', 'off', 'a.ts'],
    ]);
  });

  it('compares with another text', async () => {
    const { output } = await runWith(['why', '--text', 'null;', '--json', `${file}:2:16`], answers);
    expect(JSON.parse(output)).toMatchObject({
      contrast: { text: 'null;', firstDifferentToken: 0, logProb: -0.5, otherLogProb: -2.5 },
      occlusion: { units: [{ contrastChange: -3 }, {}] },
    });
    const { output: text } = await runWith(['why', '--text', 'null;', `${file}:2:16`], answers);
    expect(text).toContain('7.39 times more likely than "null;"');
  });

  it('leaves nothing out, or every line, when told to', async () => {
    const quick = await runWith(['why', '--no-occlusion', '--json', `${file}:2:16`], answers);
    expect(quick.engine.calls.map(({ method }) => method)).not.toContain('explain/occlude');
    expect(JSON.parse(quick.output)).not.toHaveProperty('occlusion');
    const every = await runWith(['why', '--every-line', `${file}:2:16`], answers);
    expect(every.engine.calls.at(-1)?.params).toMatchObject({ detail: 'every-line' });
  });

  it.each([
    ['a place that is none', [`a.ts`], 2],
    ['a line past the end', ['FILE:99:1'], 2],
    ['a file that does not exist', ['missing.ts:1:1'], 2],
    ['a folder that does not exist', ['--remember', '/nonexistent/folder', 'FILE:2:16'], 2],
    ['both a memory and none', ['--remember', '.', '--no-memory', 'FILE:2:16'], 2],
  ])('refuses %s', async (_, args, code) => {
    const { exitCode, errors } = await runWith(['why', ...args.map((arg) => arg.replace('FILE', file))], answers);
    expect(exitCode).toBe(code);
    expect(errors).toMatch(/^glassbox: .*\n$/);
  });

  it('says why there is nothing to explain', async () => {
    const nothing = { ...answers, 'completion/generate': () => resultOf('') };
    const { exitCode, errors, output } = await runWith(['why', `${file}:2:16`], nothing);
    expect([exitCode, output]).toEqual([4, '']);
    expect(errors).toContain('nothing to explain');
  });

  it('ends with the engine’s error', async () => {
    const failing: Answers = {
      ...answers,
      'explain/occlude': () => Promise.reject(new GlassboxError('engine-crashed', 'The engine crashed.')),
    };
    const { exitCode, errors } = await runWith(['why', `${file}:2:16`], failing);
    expect(exitCode).toBe(3);
    expect(errors).toContain('The engine crashed.');
  });
});
